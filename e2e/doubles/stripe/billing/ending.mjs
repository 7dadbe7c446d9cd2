/** How a subscription ends. */

import { active } from './discounts.mjs';

/**
 * @param {import('../world/world.mjs').World} world
 * @param {any} subscription
 * @param {'cancellation_requested' | 'payment_failed' | null} reason
 */
export function end(world, subscription, reason) {
    const now = world.now(subscription.$clock);
    Object.assign(subscription, { status: 'canceled', canceled_at: subscription.canceled_at ?? now, ended_at: now });
    subscription.cancellation_details = { ...subscription.cancellation_details, reason };
    // Items that wait for an invoice which will not come go with it.
    for (const item of world.all('invoiceitem')) {
        if (item.invoice === null && item.$draft.subscription === subscription.id) world.remove(item);
    }
    for (const invoice of world.all('invoice')) {
        if (invoice.$subscription === subscription.id && invoice.status !== 'paid') {
            Object.assign(invoice, {
                auto_advance: false,
                automatically_finalizes_at: null,
                next_payment_attempt: null,
            });
        }
    }
    for (const discount of active(world, subscription, now)) discount.end = now;
    world.emitEvent('customer.subscription.deleted', subscription);
    return subscription;
}
