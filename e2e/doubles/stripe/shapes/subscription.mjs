/** Subscriptions and their items. */

import { list } from '../http/lists.mjs';

/** @param {import('../world/world.mjs').World} world */
export function newSubscription(world, customer, currency, fields) {
    const id = world.id('sub');
    const now = world.now(customer.$clock);
    return world.add({
        id,
        object: 'subscription',
        application: null,
        application_fee_percent: null,
        automatic_tax: { disabled_reason: null, enabled: false, liability: null },
        billing_cycle_anchor: now,
        billing_cycle_anchor_config: null,
        billing_mode: { type: 'flexible', flexible: { proration_discounts: 'included' }, updated_at: now },
        billing_schedules: [],
        billing_thresholds: null,
        cancel_at: null,
        cancel_at_period_end: false,
        canceled_at: null,
        cancellation_details: { comment: null, feedback: null, reason: null },
        collection_method: 'charge_automatically',
        created: now,
        currency,
        customer: customer.id,
        customer_account: null,
        days_until_due: null,
        default_payment_method: null,
        default_source: null,
        default_tax_rates: [],
        description: null,
        discounts: [],
        ended_at: null,
        invoice_settings: {
            account_tax_ids: null,
            custom_fields: null,
            description: null,
            footer: null,
            issuer: { type: 'self' },
        },
        items: list([], false, `/v1/subscription_items?subscription=${id}`),
        latest_invoice: null,
        livemode: false,
        managed_payments: { enabled: false },
        metadata: {},
        next_pending_invoice_item_invoice: null,
        on_behalf_of: null,
        pause_collection: null,
        payment_settings: {
            payment_method_options: null,
            payment_method_types: null,
            save_default_payment_method: 'off',
        },
        pending_invoice_item_interval: null,
        pending_setup_intent: null,
        pending_update: null,
        schedule: null,
        start_date: now,
        status: 'incomplete',
        test_clock: customer.$clock,
        transfer_data: null,
        trial_end: null,
        trial_settings: { end_behavior: { missing_payment_method: 'create_invoice' } },
        trial_start: null,
        ...fields,
        $clock: customer.$clock,
        $told: {},
    });
}

/** @param {import('../world/world.mjs').World} world */
export function newItem(world, subscription, price, { quantity, metadata = {} }, period) {
    const id = world.id('si');
    return world.add({
        id,
        object: 'subscription_item',
        billing_thresholds: null,
        created: world.now(subscription.$clock),
        current_period_end: period.end,
        current_period_start: period.start,
        discounts: [],
        metadata,
        plan: planOf(price),
        price,
        ...(price.recurring.usage_type === 'metered' ? {} : { quantity: quantity ?? 1 }),
        subscription: subscription.id,
        tax_rates: [],
    });
}

/** The old form of a price, which items still carry. */
export function planOf(price) {
    const tiered = price.billing_scheme === 'tiered';
    return {
        id: price.id,
        object: 'plan',
        active: price.active,
        amount: tiered ? null : price.unit_amount,
        amount_decimal: tiered ? null : price.unit_amount_decimal,
        billing_scheme: price.billing_scheme,
        created: price.created,
        currency: price.currency,
        interval: price.recurring.interval,
        interval_count: price.recurring.interval_count,
        livemode: false,
        metadata: price.metadata,
        meter: price.recurring.meter,
        nickname: price.nickname,
        product: price.product,
        tiers_mode: price.tiers_mode,
        transform_usage: price.transform_quantity,
        trial_period_days: null,
        usage_type: price.recurring.usage_type,
    };
}
