/** Checkout sessions. */

import { EMPTY_ADDRESS } from './common.mjs';

/** @param {import('../world/world.mjs').World} world */
export function newSession(world, p, customer, expiresAt) {
    const id = world.id('cs_test');
    const email = p.customer_email ?? customer?.email ?? null;
    return world.add({
        id,
        object: 'checkout.session',
        adaptive_pricing: { enabled: false },
        after_expiration: null,
        allow_promotion_codes: p.allow_promotion_codes ?? null,
        amount_subtotal: null,
        amount_total: null,
        automatic_tax: {
            enabled: p.automatic_tax?.enabled ?? false,
            liability: null,
            provider: p.automatic_tax?.enabled ? 'stripe' : null,
            status: null,
        },
        billing_address_collection: p.billing_address_collection ?? null,
        cancel_url: p.cancel_url ?? null,
        client_reference_id: p.client_reference_id ?? null,
        client_secret: null,
        collected_information: { business_name: null, individual_name: null, shipping_details: null },
        consent: null,
        consent_collection: null,
        created: world.now(customer?.$clock),
        currency: p.currency ?? null,
        currency_conversion: null,
        custom_fields: [],
        custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
        customer: customer?.id ?? null,
        customer_account: null,
        customer_creation: customer ? null : 'always',
        customer_details: email
            ? {
                  address: EMPTY_ADDRESS,
                  business_name: null,
                  email,
                  individual_name: null,
                  name: null,
                  phone: null,
                  tax_exempt: 'none',
                  tax_ids: [],
              }
            : null,
        customer_email: p.customer_email ?? null,
        discounts:
            p.discounts?.map(({ coupon, promotion_code }) => ({
                coupon: coupon ?? null,
                promotion_code: promotion_code ?? null,
            })) ?? [],
        expires_at: expiresAt,
        integration_identifier: null,
        invoice: null,
        invoice_creation: null,
        livemode: false,
        locale: p.locale ?? null,
        managed_payments: { enabled: false },
        metadata: p.metadata ?? {},
        mode: p.mode,
        origin_context: null,
        payment_intent: null,
        payment_link: null,
        payment_method_collection: p.payment_method_collection ?? 'always',
        payment_method_configuration_details: null,
        payment_method_options: { card: { request_three_d_secure: 'automatic' } },
        payment_method_types: ['card'],
        payment_status: 'unpaid',
        permissions: null,
        phone_number_collection: { enabled: false },
        recovered_from: null,
        saved_payment_method_options: {
            allow_redisplay_filters: ['always'],
            payment_method_remove: 'disabled',
            payment_method_save: null,
        },
        setup_intent: null,
        shipping_address_collection: null,
        shipping_cost: null,
        shipping_options: [],
        status: 'open',
        submit_type: null,
        subscription: null,
        success_url: p.success_url,
        tax_id_collection: {
            enabled: p.tax_id_collection?.enabled ?? false,
            required: p.tax_id_collection?.required ?? 'never',
        },
        total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
        ui_mode: 'hosted_page',
        url: `${world.url}/c/pay/${id}`,
        wallet_options: null,
        $plan: {
            items: p.line_items ?? [],
            data: p.subscription_data ?? {},
            discounts: p.discounts,
            currency: p.currency,
        },
    });
}
