/** Invoices, their lines, and the items that wait for the next invoice. */

import { list } from '../http/lists.mjs';

/** @param {import('../world/world.mjs').World} world */
export function newInvoice(world, customer, currency, fields) {
    const id = world.preview ? world.id('upcoming_in') : world.id('in');
    const now = world.now(customer.$clock);
    return world.add({
        id,
        object: 'invoice',
        account_country: 'DE',
        account_name: 'Stripe test double',
        account_tax_ids: null,
        amount_due: 0,
        amount_overpaid: 0,
        amount_paid: 0,
        amount_remaining: 0,
        amount_shipping: 0,
        application: null,
        attempt_count: 0,
        attempted: false,
        auto_advance: true,
        automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
        automatically_finalizes_at: null,
        billing_reason: 'manual',
        collection_method: 'charge_automatically',
        created: now,
        currency,
        custom_fields: null,
        customer: customer.id,
        customer_account: null,
        customer_address: customer.address,
        customer_email: customer.email,
        customer_name: customer.name,
        customer_phone: customer.phone,
        customer_shipping: customer.shipping,
        customer_tax_exempt: customer.tax_exempt,
        customer_tax_ids: [],
        default_payment_method: null,
        default_source: null,
        default_tax_rates: [],
        description: null,
        discounts: [],
        due_date: null,
        effective_at: null,
        ending_balance: null,
        footer: null,
        from_invoice: null,
        hosted_invoice_url: null,
        invoice_pdf: null,
        issuer: { type: 'self' },
        last_finalization_error: null,
        latest_revision: null,
        lines: list([], false, `/v1/invoices/${id}/lines`),
        livemode: false,
        metadata: {},
        next_payment_attempt: null,
        number: null,
        on_behalf_of: null,
        parent: null,
        payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
        period_end: now,
        period_start: now,
        post_payment_credit_notes_amount: 0,
        pre_payment_credit_notes_amount: 0,
        receipt_number: null,
        rendering: null,
        shipping_cost: null,
        shipping_details: null,
        starting_balance: 0,
        statement_descriptor: null,
        status: 'draft',
        status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
        subtotal: 0,
        subtotal_excluding_tax: 0,
        test_clock: customer.$clock,
        total: 0,
        total_discount_amounts: [],
        total_excluding_tax: 0,
        total_pretax_credit_amounts: [],
        total_taxes: [],
        webhooks_delivered_at: now,
        ...fields,
        $clock: customer.$clock,
    });
}

/**
 * @param {import('../world/world.mjs').World} world
 * @param {import('../billing/lines.mjs').LineDraft} draft
 */
export function newLine(world, invoice, draft) {
    const ofItem = {
        invoice_item: draft.invoiceItem ?? null,
        proration: draft.proration,
        proration_details: { credited_items: draft.credited ?? null },
        subscription: draft.subscription ?? null,
    };
    const fromSubscription = Boolean(draft.item);
    return {
        id: world.id(world.preview ? 'il_tmp' : 'il'),
        object: 'line_item',
        amount: draft.amount,
        currency: invoice.currency,
        description: draft.description,
        discount_amounts: [],
        discountable: draft.discountable,
        discounts: [],
        invoice: invoice.id,
        livemode: false,
        metadata: draft.metadata ?? {},
        parent: {
            invoice_item_details: fromSubscription ? null : ofItem,
            subscription_item_details: fromSubscription ? { ...ofItem, subscription_item: draft.item } : null,
            type: fromSubscription ? 'subscription_item_details' : 'invoice_item_details',
        },
        period: draft.period,
        pretax_credit_amounts: [],
        pricing: draft.price ? pricing(draft.price, draft.unit) : null,
        quantity: draft.quantity === null ? null : Math.round(draft.quantity),
        quantity_decimal: draft.quantity === null ? null : String(draft.quantity),
        subscription: draft.subscription ?? null,
        subtotal: draft.amount,
        taxes: [],
        $metered: draft.metered ?? false,
    };
}

function pricing(price, unit) {
    return {
        price_details: { price: price.id, product: price.product },
        type: 'price_details',
        unit_amount_decimal: unit,
    };
}

/** An amount that waits for the next invoice. */
export function newInvoiceItem(world, customer, draft, fields = {}) {
    return world.add({
        id: world.id('ii'),
        object: 'invoiceitem',
        amount: draft.amount,
        currency: draft.currency,
        customer: customer.id,
        customer_account: null,
        date: world.now(customer.$clock),
        description: draft.description,
        discountable: draft.discountable,
        discounts: [],
        invoice: null,
        livemode: false,
        metadata: draft.metadata ?? {},
        net_amount: draft.amount,
        parent: draft.subscription
            ? {
                  subscription_details: { subscription: draft.subscription, subscription_item: draft.item ?? null },
                  type: 'subscription_details',
              }
            : null,
        period: draft.period,
        pricing: draft.price ? pricing(draft.price, draft.unit) : null,
        proration: draft.proration,
        quantity: draft.quantity,
        quantity_decimal: String(draft.quantity),
        tax_rates: [],
        test_clock: customer.$clock,
        ...fields,
        $clock: customer.$clock,
        $draft: draft,
    });
}
