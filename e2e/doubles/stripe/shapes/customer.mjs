/** Customers. */

import { address } from './common.mjs';

/** @param {import('../world/world.mjs').World} world */
export function newCustomer(world, p) {
    const id = world.id('cus');
    const clock = p.test_clock ?? null;
    return world.add({
        id,
        object: 'customer',
        address: address(p.address),
        balance: p.balance ?? 0,
        created: world.now(clock),
        currency: null,
        default_source: null,
        delinquent: false,
        description: p.description ?? null,
        discount: null,
        email: p.email ?? null,
        invoice_prefix: `D${id.slice(-7)}`,
        invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
        livemode: false,
        metadata: p.metadata ?? {},
        name: p.name ?? null,
        next_invoice_sequence: 1,
        phone: p.phone ?? null,
        preferred_locales: p.preferred_locales ?? [],
        shipping: null,
        tax_exempt: p.tax_exempt ?? 'none',
        test_clock: clock,
        $clock: clock,
    });
}
