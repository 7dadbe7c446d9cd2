/** The payment page. */

import { StripeError } from '../http/errors.mjs';
import { applyCode, complete, expireSession, needsCard, quote, refresh } from '../billing/checkout.mjs';
import { checkTaxId } from '../api/tax-ids.mjs';
import { behaviour } from '../shapes/card.mjs';
import { confirmation, cardFields, field, gone, html, money, readCard, redirect, safe } from './layout.mjs';

const COUNTRIES = {
    DE: 'Germany',
    AT: 'Austria',
    CH: 'Switzerland',
    FR: 'France',
    GB: 'United Kingdom',
    US: 'United States',
};
const FAILED =
    'We are unable to authenticate your payment method. Please choose a different payment method and try again.';

/** @param {import('../world/world.mjs').World} world */
export function checkoutPage(world, method, [id, step], form) {
    const session = world.find(id);
    if (session?.object !== 'checkout.session') return gone('There is no such checkout session.');
    if (session.status === 'complete') return redirect(successUrl(session));
    if (session.status === 'open' && session.expires_at <= world.now(null)) expireSession(world, session);
    if (session.status === 'expired') return gone('This checkout session has expired.');
    if (step === 'confirm') return confirm(world, session, method, form);
    if (method !== 'POST') return show(world, session);
    try {
        return act(world, session, form);
    } catch (error) {
        if (!(error instanceof StripeError)) throw error;
        return show(world, session, error.message, form);
    }
}

function act(world, session, form) {
    if (form.action === 'code') {
        if (!session.allow_promotion_codes) throw new StripeError(400, 'Promotion codes are not taken here.');
        applyCode(world, session, form.code ?? '');
        return show(world, session);
    }
    if (asksAddress(session) && form.country) {
        session.$address = { country: form.country };
        refresh(world, session);
    }
    if (form.action === 'address') return show(world, session, null, form);
    const vat = form.vat?.replaceAll(/\s/g, '') || null;
    if (vat) checkTaxId({ type: 'eu_vat', value: vat });
    const who = { name: form.name ?? null, email: form.email ?? null, vat };
    if (!needsCard(world, session)) return finish(world, session, who);
    const { card, problem } = readCard(form, world.now(null));
    if (problem) return show(world, session, problem, form);
    const does = behaviour(card.number);
    if (!does) return show(world, session, 'Your card number is invalid.', form);
    const due = session.mode === 'subscription' ? quote(world, session).amount_due : 0;
    if (does.attach === 'declined' || (does.charge === 'declined' && due > 0)) {
        return show(world, session, 'Your card was declined.', form);
    }
    session.$form = { ...who, card };
    if (does.attach === 'confirm') return redirect(`/c/pay/${session.id}/confirm`);
    return finish(world, session, session.$form);
}

function confirm(world, session, method, form) {
    if (!session.$form) return redirect(`/c/pay/${session.id}`);
    if (method !== 'POST') return confirmation(`/c/pay/${session.id}/confirm`);
    if (form.outcome !== 'complete') return show(world, session, FAILED);
    return finish(world, session, { ...session.$form, confirmed: true });
}

function finish(world, session, form) {
    complete(world, session, form);
    delete session.$form;
    return redirect(successUrl(session));
}

function successUrl(session) {
    return session.success_url.replaceAll('{CHECKOUT_SESSION_ID}', session.id);
}

function asksAddress(session) {
    return (
        session.mode === 'subscription' &&
        (session.automatic_tax.enabled || session.billing_address_collection === 'required')
    );
}

function show(world, session, error = null, sent = {}) {
    const card = needsCard(world, session) ? cardFields(sent) : '<p>No card is needed.</p>';
    const email = session.customer
        ? ''
        : field(
              'email',
              'Email',
              `type="email" autocomplete="email" required value="${safe(sent.email ?? session.customer_email)}"`,
          );
    const vat = session.tax_id_collection.enabled
        ? field('vat', 'VAT number (optional)', `autocomplete="off" value="${safe(sent.vat)}"`)
        : '';
    const back = session.cancel_url ? `<p><a href="${safe(session.cancel_url)}">Back without paying</a></p>` : '';
    const content = `${summary(world, session)}${codeForm(session)}
<form method="post" action="/c/pay/${session.id}">${email}${card}${addressFields(session)}${vat}
<button name="action" value="pay">${safe(buttonOf(world, session))}</button></form>${back}`;
    return html(session.mode === 'setup' ? 'Save a card' : 'Pay', content, { error, status: error ? 422 : 200 });
}

function buttonOf(world, session) {
    if (session.mode === 'setup') return 'Save card';
    const { data } = session.$plan;
    if (data.trial_period_days || data.trial_end) return 'Start trial';
    return quote(world, session).amount_due > 0 ? 'Pay and subscribe' : 'Subscribe';
}

/** What is due today, line by line. */
function summary(world, session) {
    if (session.mode === 'setup') return '';
    const invoice = quote(world, session);
    const row = (name, amount, sum = '') =>
        `<dt${sum}>${safe(name)}</dt><dd${sum}>${safe(money(amount, invoice.currency))}</dd>`;
    const off = invoice.total_discount_amounts.reduce((so, each) => so + each.amount, 0);
    const tax = invoice.total_taxes.reduce((so, each) => so + each.amount, 0);
    return `<h2>Due today</h2><dl>${invoice.lines.data.map((line) => row(line.description, line.amount)).join('')}
${off ? row('Discount', -off) : ''}${tax ? row('Tax (19 %)', tax) : ''}${row('Total', invoice.amount_due, ' class="sum"')}</dl>`;
}

function codeForm(session) {
    if (!session.allow_promotion_codes) return '';
    return `<form method="post" action="/c/pay/${session.id}">${field('code', 'Promotion code', 'autocomplete="off" required')}
<button class="second" name="action" value="code">Apply code</button></form>`;
}

function addressFields(session) {
    if (!asksAddress(session)) return '';
    const chosen = session.$address?.country;
    const options = Object.entries(COUNTRIES)
        .map(([code, name]) => `<option value="${code}"${code === chosen ? ' selected' : ''}>${name}</option>`)
        .join('');
    return `<label for="country">Country</label><select id="country" name="country" autocomplete="country">${options}</select>
<button class="second" name="action" value="address" formnovalidate>Update total</button>`;
}
