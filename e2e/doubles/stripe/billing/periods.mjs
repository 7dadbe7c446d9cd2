/** The period that a subscription is in. */

import { nextEnd } from './calendar.mjs';

/** Where the period that begins now ends. */
export function periodFrom(subscription, start) {
    if (subscription.status === 'trialing') return { start, end: subscription.trial_end };
    return {
        start,
        end: nextEnd(subscription.billing_cycle_anchor, subscription.items.data[0].price.recurring, start),
    };
}

export function setPeriod(subscription, period) {
    for (const item of subscription.items.data) {
        Object.assign(item, { current_period_start: period.start, current_period_end: period.end });
    }
    subscription.$told = { ...subscription.$told, upcoming: false };
}

/** The period that runs. */
export function periodOf(subscription) {
    const [{ current_period_start: start, current_period_end: end }] = subscription.items.data;
    return { start, end };
}
