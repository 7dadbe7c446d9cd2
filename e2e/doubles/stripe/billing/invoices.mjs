/** The life of an invoice until money is asked for: draft, finalized, void, uncollectible. */

import { invalid } from '../http/errors.mjs';
import { newIntent, newInvoicePayment } from '../shapes/intent.mjs';
import { newInvoice, newLine } from '../shapes/invoice.mjs';
import { DAY, HOUR } from './calendar.mjs';
import { active, discountLines, forgetOnce } from './discounts.mjs';
import { usageLines } from './lines.mjs';
import { taxLines } from './taxes.mjs';

/** How long the draft of a renewal waits: late usage still gets in. */
const DRAFT_SECONDS = HOUR;

/**
 * A draft for a subscription. Items that wait for the next invoice come first.
 * @param {import('../world/world.mjs').World} world
 * @param {any} subscription
 * @param {string} reason billing_reason
 * @param {import('./lines.mjs').LineDraft[]} drafts
 * @param {{period?: {start: number, end: number}, waits?: boolean, usagePeriod?: {start: number, end: number}}} [options]
 */
export function draftFor(world, subscription, reason, drafts, { period, waits = false, usagePeriod } = {}) {
    const customer = world.find(subscription.customer);
    const now = world.now(subscription.$clock);
    const invoice = newInvoice(world, customer, subscription.currency, {
        billing_reason: reason,
        collection_method: subscription.collection_method,
        default_payment_method: null,
        automatically_finalizes_at: waits ? now + DRAFT_SECONDS : null,
        parent: {
            quote_details: null,
            subscription_details: { metadata: { ...subscription.metadata }, subscription: subscription.id },
            type: 'subscription_details',
        },
        ...(period ? { period_start: period.start, period_end: period.end } : {}),
        customer_tax_ids: world
            .all('tax_id')
            .filter((each) => each.customer === customer.id)
            .map(({ type, value }) => ({ type, value })),
        $subscription: subscription.id,
        $usagePeriod: usagePeriod,
    });
    invoice.lines.data = [...waiting(world, subscription, invoice), ...drafts].map((draft) =>
        newLine(world, invoice, draft),
    );
    total(world, invoice);
    forgetOnce(world, subscription);
    subscription.latest_invoice = invoice.id;
    rememberBilled(world, invoice);
    world.emitEvent('invoice.created', invoice);
    return invoice;
}

/** Takes the items that wait for this subscription, or for its customer in general. */
function waiting(world, subscription, invoice) {
    const items = world
        .all('invoiceitem')
        .filter(
            (item) =>
                item.invoice === null &&
                item.customer === subscription.customer &&
                item.currency === subscription.currency,
        )
        .filter((item) => !item.$draft.subscription || item.$draft.subscription === subscription.id);
    return items.map((item) => {
        item.invoice = invoice.id;
        return { ...item.$draft, invoiceItem: item.id };
    });
}

/** Credits say which line they give back; so each item knows its last one. */
function rememberBilled(world, invoice) {
    for (const line of invoice.lines.data) {
        const item = world.find(line.parent.subscription_item_details?.subscription_item);
        if (item && line.amount > 0 && !line.$metered) {
            item.$billed = { invoice: invoice.id, invoice_line_items: [line.id] };
        }
    }
}

/** Discounts, taxes and sums, from the lines. */
export function total(world, invoice) {
    const subscription = world.find(invoice.$subscription);
    const customer = world.find(invoice.customer);
    const now = world.now(invoice.$clock);
    invoice.$discounts ??= subscription ? active(world, subscription, now).map((discount) => discount.id) : [];
    discountLines(
        world,
        invoice,
        invoice.$discounts.map((id) => world.find(id)),
    );
    taxLines(invoice, customer, subscription?.automatic_tax.enabled ?? invoice.automatic_tax.enabled);
    const sum = (entries, field) => entries.reduce((so, each) => so + each[field], 0);
    invoice.subtotal = sum(invoice.lines.data, 'amount');
    invoice.subtotal_excluding_tax = invoice.subtotal;
    invoice.total_excluding_tax = invoice.subtotal - sum(invoice.total_discount_amounts, 'amount');
    invoice.total = invoice.total_excluding_tax + sum(invoice.total_taxes, 'amount');
    invoice.starting_balance = customer.balance;
    invoice.amount_due = Math.max(
        0,
        invoice.total + Math.min(0, customer.balance) + (invoice.total > 0 ? Math.max(0, customer.balance) : 0),
    );
    invoice.amount_remaining = invoice.amount_due;
}

/** Usage that came in while the draft waited. */
function refreshUsage(world, invoice) {
    const subscription = world.find(invoice.$subscription);
    if (!subscription || !invoice.$usagePeriod) return;
    const fresh = usageLines(world, subscription, invoice.$usagePeriod).map((draft) => newLine(world, invoice, draft));
    invoice.lines.data = [...invoice.lines.data.filter((line) => !line.$metered), ...fresh];
}

/** Gives the invoice its number and opens it; with nothing to pay it is paid at once. */
export function finalize(world, invoice) {
    if (invoice.status !== 'draft') {
        throw invalid(
            "This invoice is already finalized, you can't re-finalize a non-draft invoice.",
            undefined,
            'invoice_not_editable',
        );
    }
    const customer = world.find(invoice.customer);
    const now = world.now(invoice.$clock);
    refreshUsage(world, invoice);
    total(world, invoice);
    world.change('customer.updated', customer, () => {
        customer.balance += invoice.total - invoice.amount_due;
        customer.currency ??= invoice.currency;
        customer.next_invoice_sequence += 1;
    });
    Object.assign(invoice, {
        status: 'open',
        number: `${customer.invoice_prefix}-${String(customer.next_invoice_sequence - 1).padStart(4, '0')}`,
        ending_balance: customer.balance,
        effective_at: now,
        automatically_finalizes_at: null,
        hosted_invoice_url: `${world.url}/i/${invoice.id}`,
        invoice_pdf: `${world.url}/i/${invoice.id}/pdf`,
        due_date:
            invoice.collection_method === 'send_invoice'
                ? now + (world.find(invoice.$subscription)?.days_until_due ?? 30) * DAY
                : null,
    });
    invoice.status_transitions.finalized_at = now;
    if (invoice.amount_due > 0) {
        const description =
            invoice.billing_reason === 'subscription_create' ? 'Subscription creation' : 'Subscription update';
        const intent = newIntent(world, {
            customer: customer.id,
            amount: invoice.amount_due,
            currency: invoice.currency,
            description,
            clock: invoice.$clock,
        });
        invoice.$payment = newInvoicePayment(world, invoice, intent).id;
        world.emitEvent('payment_intent.created', intent);
    }
    world.emitEvent('invoice.finalized', invoice);
    return invoice;
}

export function voidInvoice(world, invoice) {
    closeUnpaid(world, invoice, 'void', 'voided_at', 'invoice.voided');
    const intent = intentOf(world, invoice);
    if (intent) {
        Object.assign(intent, {
            status: 'canceled',
            canceled_at: world.now(invoice.$clock),
            cancellation_reason: 'void_invoice',
        });
        world.emitEvent('payment_intent.canceled', intent);
    }
    return invoice;
}

export function markUncollectible(world, invoice) {
    return closeUnpaid(world, invoice, 'uncollectible', 'marked_uncollectible_at', 'invoice.marked_uncollectible');
}

function closeUnpaid(world, invoice, status, stamp, type) {
    if (invoice.status !== 'open' && invoice.status !== 'uncollectible') {
        throw invalid(
            `You can only pass in open invoices. This invoice isn't open.`,
            undefined,
            'invoice_not_editable',
        );
    }
    invoice.status_transitions[stamp] = world.now(invoice.$clock);
    Object.assign(invoice, { status, next_payment_attempt: null, auto_advance: false });
    world.emitEvent(type, invoice);
    return invoice;
}

/** The payment intent of an invoice, if it has one. */
export function intentOf(world, invoice) {
    return world.find(world.find(invoice.$payment)?.payment.payment_intent);
}
