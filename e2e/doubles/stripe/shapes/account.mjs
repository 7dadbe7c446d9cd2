/** Connected accounts. */

import { EMPTY_ADDRESS, emptyList } from './common.mjs';

const WANTED = ['business_profile.url', 'external_account', 'tos_acceptance.date', 'tos_acceptance.ip'];

/** What Stripe still asks for: nothing once the form was filled in. */
export function requirements(open) {
    return {
        alternatives: [],
        current_deadline: null,
        currently_due: open ? WANTED : [],
        disabled_reason: open ? 'requirements.past_due' : null,
        errors: [],
        eventually_due: open ? WANTED : [],
        past_due: open ? WANTED : [],
        pending_verification: [],
    };
}

/** @param {import('../world/world.mjs').World} world */
export function newAccount(world, p) {
    const id = world.id('acct');
    const asked = Object.keys(p.capabilities ?? {}).filter((key) => p.capabilities[key].requested);
    const none = {
        alternatives: [],
        current_deadline: null,
        currently_due: [],
        disabled_reason: null,
        errors: [],
        eventually_due: [],
        past_due: [],
        pending_verification: [],
    };
    return world.add({
        id,
        object: 'account',
        business_profile: {
            annual_revenue: null,
            estimated_worker_count: null,
            mcc: null,
            minority_owned_business_designation: null,
            name: null,
            product_description: null,
            support_address: EMPTY_ADDRESS,
            support_email: null,
            support_phone: null,
            support_url: null,
            url: null,
            ...p.business_profile,
        },
        business_type: p.business_type ?? null,
        capabilities: Object.fromEntries(asked.map((key) => [key, 'inactive'])),
        charges_enabled: false,
        controller: controller(p),
        country: p.country ?? 'DE',
        created: world.now(null),
        default_currency: p.default_currency ?? 'eur',
        details_submitted: false,
        email: p.email ?? null,
        external_accounts: emptyList(`/v1/accounts/${id}/external_accounts`),
        future_requirements: none,
        metadata: p.metadata ?? {},
        payouts_enabled: false,
        requirements: requirements(true),
        settings: settings(),
        tos_acceptance: { date: null, ip: null, user_agent: null },
        type: p.type ?? (p.controller ? 'none' : 'standard'),
    });
}

function controller(p) {
    const given = p.controller ?? {};
    const express = p.type === 'express';
    return {
        fees: { payer: given.fees?.payer ?? (express ? 'application_express' : 'account') },
        is_controller: true,
        losses: { payments: given.losses?.payments ?? (express ? 'application' : 'stripe') },
        requirement_collection: given.requirement_collection ?? 'stripe',
        stripe_dashboard: { type: given.stripe_dashboard?.type ?? (express ? 'express' : 'full') },
        type: 'application',
    };
}

function settings() {
    return {
        bacs_debit_payments: { display_name: null, service_user_number: null },
        branding: { icon: null, logo: null, primary_color: null, secondary_color: null },
        card_issuing: { tos_acceptance: { date: null, ip: null } },
        card_payments: {
            decline_on: { avs_failure: false, cvc_failure: false },
            statement_descriptor_prefix: null,
            statement_descriptor_prefix_kana: null,
            statement_descriptor_prefix_kanji: null,
        },
        dashboard: { display_name: null, timezone: 'Etc/UTC' },
        invoices: { default_account_tax_ids: null, hosted_payment_method_save: 'offer' },
        payments: {
            statement_descriptor: null,
            statement_descriptor_kana: null,
            statement_descriptor_kanji: null,
            statement_descriptor_prefix_kana: null,
            statement_descriptor_prefix_kanji: null,
        },
        payouts: {
            debit_negative_balances: false,
            schedule: { delay_days: 1, interval: 'daily' },
            statement_descriptor: null,
        },
        sepa_debit_payments: {},
    };
}

/** The bank account that the onboarding form adds. */
export function newBankAccount(world, account, iban) {
    return world.add({
        id: world.id('ba'),
        object: 'bank_account',
        account: account.id,
        account_holder_name: null,
        account_holder_type: null,
        account_type: null,
        available_payout_methods: ['standard'],
        bank_name: 'TEST BANK',
        country: account.country,
        currency: account.default_currency,
        default_for_currency: true,
        fingerprint: `fingerprint${iban.slice(-4)}`,
        future_requirements: null,
        last4: iban.slice(-4),
        metadata: {},
        requirements: null,
        routing_number: null,
        status: 'new',
        $account: account.id,
    });
}
