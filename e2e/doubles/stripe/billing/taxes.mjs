/** Automatic tax in its simplest form: 19 % on top for customers in Germany, nothing elsewhere. */

import { percent } from './exact.mjs';
import { left } from './discounts.mjs';

const RATE = 19;
const TAX_RATE = { tax_rate: 'txr_00000019' };

/** Writes taxes into the lines of an invoice and adds them up. */
export function taxLines(invoice, customer, enabled) {
    const country = customer.address?.country ?? null;
    invoice.automatic_tax = {
        disabled_reason: null,
        enabled,
        liability: enabled ? { type: 'self' } : null,
        provider: enabled ? 'stripe' : null,
        status: enabled ? (country ? 'complete' : 'requires_location_inputs') : null,
    };
    const taxed = enabled && country === 'DE';
    for (const line of invoice.lines.data) line.taxes = taxed ? [tax(left(line), customer.tax_exempt)] : [];
    invoice.total_taxes = taxed ? [total(invoice.lines.data, customer.tax_exempt)] : [];
}

function tax(amount, exempt) {
    return {
        amount: exempt === 'none' ? percent(amount, RATE) : 0,
        tax_behavior: 'exclusive',
        tax_rate_details: TAX_RATE,
        taxability_reason: { none: 'standard_rated', exempt: 'customer_exempt', reverse: 'reverse_charge' }[exempt],
        taxable_amount: amount,
        type: 'tax_rate_details',
    };
}

function total(lines, exempt) {
    const taxes = lines.flatMap((line) => line.taxes);
    const sum = (field) => taxes.reduce((so, each) => so + each[field], 0);
    return { ...tax(0, exempt), amount: sum('amount'), taxable_amount: sum('taxable_amount') };
}
