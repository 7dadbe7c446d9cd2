/** Onboarding of a connected account. */

import { onboard } from '../api/accounts.mjs';
import { field, gone, html, redirect } from './layout.mjs';

/** @param {import('../world/world.mjs').World} world */
export function setupPage(world, method, [id], form) {
    const link = world.find(id);
    if (link?.object !== '$account_link') return gone('There is no such link.');
    // A link works once and for a short time; after that the platform is asked for another one.
    if (link.used || link.expiresAt <= world.now(null)) return redirect(link.refreshUrl ?? '/');
    if (method !== 'POST') return show(id);
    const iban = String(form.iban ?? '').replaceAll(/\s/g, '');
    if (!/^[A-Z]{2}\d{2}[0-9A-Z]{10,30}$/i.test(iban)) return show(id, 'The IBAN is not complete.');
    if (!form.terms) return show(id, 'The terms must be accepted.');
    link.used = true;
    onboard(world, world.find(link.account), { iban, url: form.url || null });
    return redirect(link.returnUrl ?? '/');
}

function show(id, error = null) {
    return html(
        'Get paid',
        `<form method="post" action="/setup/${id}">
${field('business', 'Name of the business', 'autocomplete="organization" required')}
${field('url', 'Website', 'type="url" autocomplete="url"')}
${field('iban', 'IBAN', 'autocomplete="off" required placeholder="DE89 3704 0044 0532 0130 00"')}
<label for="terms"><input id="terms" name="terms" type="checkbox" value="yes" required style="width:auto;min-height:0"> I accept the terms</label>
<button>Submit</button></form>`,
        { error, status: error ? 422 : 200 },
    );
}
