/** Parameters of subscriptions; previews and checkout sessions share some. */

import { flag, listOf, map, nowOrTime, oneOf, required, text, whole } from '../http/params.mjs';

export const PRORATION = oneOf('create_prorations', 'always_invoice', 'none');
export const DISCOUNTS = listOf({ coupon: text, promotion_code: text, discount: text });
export const TRIAL_SETTINGS = {
    end_behavior: required({ missing_payment_method: required(oneOf('create_invoice', 'cancel', 'pause')) }),
};
export const ITEMS = listOf({ id: text, price: text, quantity: whole, deleted: flag, metadata: map });
const BEHAVIOUR = oneOf('allow_incomplete', 'error_if_incomplete', 'default_incomplete');

const FIELDS = {
    automatic_tax: { enabled: required(flag) },
    cancel_at: whole,
    cancel_at_period_end: flag,
    collection_method: oneOf('charge_automatically', 'send_invoice'),
    days_until_due: whole,
    default_payment_method: text,
    description: text,
    discounts: DISCOUNTS,
    metadata: map,
    off_session: flag,
    payment_behavior: BEHAVIOUR,
    payment_settings: {
        payment_method_types: listOf(text),
        save_default_payment_method: oneOf('on_subscription', 'off'),
    },
    proration_behavior: PRORATION,
    trial_end: nowOrTime,
    trial_settings: TRIAL_SETTINGS,
};

export const CREATE = {
    ...FIELDS,
    billing_mode: { type: required(oneOf('classic', 'flexible')) },
    currency: text,
    customer: required(text),
    items: required(listOf({ price: required(text), quantity: whole, metadata: map })),
    trial_period_days: whole,
};

export const UPDATE = {
    ...FIELDS,
    billing_cycle_anchor: oneOf('now', 'unchanged'),
    cancellation_details: { comment: text, feedback: text },
    items: ITEMS,
    pause_collection: {
        behavior: required(oneOf('keep_as_draft', 'mark_uncollectible', 'void')),
        resumes_at: whole,
    },
    proration_date: whole,
};

export const STATUS = oneOf(
    'active',
    'all',
    'canceled',
    'ended',
    'incomplete',
    'incomplete_expired',
    'past_due',
    'paused',
    'trialing',
    'unpaid',
);
