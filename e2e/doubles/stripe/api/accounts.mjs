/** Connected accounts and the links that lead to their onboarding. */

import { invalid } from '../http/errors.mjs';
import { page } from '../http/lists.mjs';
import { PAGE, flag, map, mapOf, oneOf, required, text } from '../http/params.mjs';
import { newAccount, newBankAccount, requirements } from '../shapes/account.mjs';
import { merged } from '../world/metadata.mjs';

const LINK_SECONDS = 5 * 60;

const FIELDS = {
    business_profile: {
        mcc: text,
        name: text,
        product_description: text,
        support_email: text,
        support_phone: text,
        support_url: text,
        url: text,
    },
    business_type: oneOf('company', 'government_entity', 'individual', 'non_profit'),
    capabilities: mapOf({ requested: flag }),
    email: text,
    metadata: map,
};

const CREATE = {
    ...FIELDS,
    controller: {
        fees: { payer: oneOf('account', 'application') },
        losses: { payments: oneOf('application', 'stripe') },
        requirement_collection: oneOf('application', 'stripe'),
        stripe_dashboard: { type: oneOf('express', 'full', 'none') },
    },
    country: text,
    default_currency: text,
    type: oneOf('custom', 'express', 'standard'),
};

const LINK = {
    account: required(text),
    collection_options: { fields: oneOf('currently_due', 'eventually_due') },
    refresh_url: text,
    return_url: text,
    type: required(oneOf('account_onboarding', 'account_update')),
};

/** @type {import('../http/router.mjs').Route[]} */
export const accounts = [
    ['POST', '/v1/accounts', CREATE, create],
    ['GET', '/v1/accounts', PAGE, ({ world, p }) => page(world.all('account'), p, '/v1/accounts')],
    ['GET', '/v1/accounts/:id', {}, ({ world, at }) => world.get('account', at.id)],
    ['POST', '/v1/accounts/:id', FIELDS, update],
    ['DELETE', '/v1/accounts/:id', {}, remove],
    ['POST', '/v1/accounts/:id/login_links', {}, loginLink],
    ['POST', '/v1/account_links', LINK, link],
];

function create({ world, p }) {
    if (p.type && p.controller) throw invalid('You may only specify one of `type` or `controller`.', 'type');
    const account = newAccount(world, { ...p, metadata: merged({}, p.metadata) });
    return account;
}

function update({ world, p, at }) {
    const account = world.get('account', at.id);
    return changed(world, account, () => {
        const { metadata, business_profile: profile, capabilities, expand: _, ...fields } = p;
        Object.assign(account, fields, { metadata: merged(account.metadata, metadata) });
        Object.assign(account.business_profile, profile);
        for (const [key, { requested }] of Object.entries(capabilities ?? {})) {
            if (requested) account.capabilities[key] ??= account.details_submitted ? 'active' : 'inactive';
        }
    });
}

/** `account.updated` belongs to the account itself, not to the platform. */
function changed(world, account, make) {
    account.$account = account.id;
    world.change('account.updated', account, make);
    delete account.$account;
    return account;
}

/** The onboarding form was sent. */
export function onboard(world, account, { iban, url }) {
    const bank = newBankAccount(world, account, iban);
    changed(world, account, () => {
        Object.assign(account, {
            charges_enabled: true,
            payouts_enabled: true,
            details_submitted: true,
            requirements: requirements(false),
            $bank: bank.id,
        });
        account.business_profile.url ??= url;
        account.external_accounts.data = [bank];
        account.tos_acceptance = { date: world.now(null), ip: '127.0.0.1', user_agent: null };
        for (const key of Object.keys(account.capabilities)) account.capabilities[key] = 'active';
    });
}

function remove({ world, at }) {
    const account = world.get('account', at.id);
    world.remove(account);
    return { id: account.id, object: 'account', deleted: true };
}

function loginLink({ world, at }) {
    const account = world.get('account', at.id);
    if (!account.details_submitted) {
        throw invalid('Cannot create a login link for an account that has not completed onboarding.');
    }
    return { object: 'login_link', created: world.now(null), url: `${world.url}/express/${account.id}` };
}

function link({ world, p }) {
    world.get('account', p.account, 'account');
    if (p.type === 'account_onboarding' && (!p.return_url || !p.refresh_url)) {
        const param = p.return_url ? 'refresh_url' : 'return_url';
        throw invalid(`Missing required param: ${param}.`, param, 'parameter_missing');
    }
    const now = world.now(null);
    const id = world.id('setup');
    world.add({
        id,
        object: '$account_link',
        account: p.account,
        returnUrl: p.return_url,
        refreshUrl: p.refresh_url,
        expiresAt: now + LINK_SECONDS,
        used: false,
    });
    return { object: 'account_link', created: now, expires_at: now + LINK_SECONDS, url: `${world.url}/setup/${id}` };
}
