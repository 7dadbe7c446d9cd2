/** How the hosted pages look: plain, readable, without scripts. */

const STYLE = `
:root { color-scheme: light dark; --page: #fff; --text: #16202c; --line: #6b7686; --act: #0b5cad; --on-act: #fff; --bad: #b3261e; --soft: #eef2f7; }
@media (prefers-color-scheme: dark) { :root { --page: #10151c; --text: #e8edf4; --act: #8ab8ff; --on-act: #0b1a2e; --bad: #ffb4ab; --soft: #1c2530; --line: #8b95a5; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
header { padding: .75rem 1rem; background: var(--soft); border-bottom: 1px solid var(--line); text-align: center; }
header p { margin: 0; font-weight: 600; }
main { max-width: 30rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.4rem; }
h2 { font-size: 1.1rem; margin-top: 2rem; }
label, legend { display: block; margin-top: .75rem; font-weight: 600; }
input, select { width: 100%; background: var(--page); color: inherit; min-height: 2.75rem; padding: .5rem; font: inherit; border: 1px solid var(--line); border-radius: .4rem; }
button { width: 100%; min-height: 2.75rem; margin-top: 1rem; font: inherit; font-weight: 600; border: 1px solid var(--act); border-radius: .4rem; background: var(--act); color: var(--on-act); cursor: pointer; }
button.second { background: transparent; color: var(--act); }
a { color: var(--act); display: inline-block; padding: .6rem 0; }
.two { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
[role=alert] { padding: .75rem; border: 2px solid var(--bad); border-radius: .4rem; color: var(--bad); }
dl { display: grid; grid-template-columns: 1fr auto; gap: .25rem 1rem; }
dd { margin: 0; text-align: right; }
.sum { font-weight: 700; }
ul { padding-left: 1.2rem; }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
`;

/** Text that may stand anywhere in a page. */
export function safe(value) {
    const named = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
    return String(value ?? '').replaceAll(/[&<>"']/g, (sign) => named[sign]);
}

/** @param {string} title @param {string} content @param {{status?: number, error?: string | null}} [options] */
export function html(title, content, { status = 200, error = null } = {}) {
    const alert = error ? `<p role="alert">${safe(error)}</p>` : '';
    return {
        status,
        headers: {
            'Content-Type': 'text/html; charset=utf-8',
            'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
            'Cache-Control': 'no-store',
        },
        body: `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${safe(title)} – Stripe test double</title><style>${STYLE}</style></head>
<body><header><p>Stripe test double, no real money</p></header>
<main><h1>${safe(title)}</h1>${alert}${content}</main></body>
</html>
`,
    };
}

export function redirect(to) {
    return { status: 303, headers: { Location: to, 'Cache-Control': 'no-store' }, body: '' };
}

export function gone(what) {
    return html('Nothing here', `<p>${safe(what)}</p>`, { status: 404 });
}

/** An amount in minor units, as people write it. */
export function money(amount, currency) {
    const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency: (currency ?? 'eur').toUpperCase() });
    return format.format(amount / 10 ** format.resolvedOptions().maximumFractionDigits);
}

/** A labelled field. */
export function field(name, label, attributes = '') {
    return `<label for="${name}">${safe(label)}</label><input id="${name}" name="${name}" ${attributes}>`;
}

/** The fields of a card. */
export function cardFields(sent = {}) {
    return `
${field('number', 'Card number', `inputmode="numeric" autocomplete="cc-number" required value="${safe(sent.number)}" aria-describedby="cards"`)}
<p id="cards">Test cards: 4242 4242 4242 4242 works, 4000 0000 0000 0002 is declined, 4000 0000 0000 0341 fails later, 4000 0025 0000 3155 asks for confirmation.</p>
<div class="two"><div>${field('expiry', 'Expiry (MM/YY)', `inputmode="numeric" autocomplete="cc-exp" required placeholder="12/34" value="${safe(sent.expiry)}"`)}</div>
<div>${field('cvc', 'CVC', 'inputmode="numeric" autocomplete="cc-csc" required')}</div></div>
${field('name', 'Name on card', `autocomplete="cc-name" required value="${safe(sent.name)}"`)}`;
}

/**
 * What the card fields say.
 * @returns {{card?: {number: string, exp_month: number, exp_year: number}, problem?: string}}
 */
export function readCard(form, now) {
    const number = String(form.number ?? '').replaceAll(/[\s-]/g, '');
    const [, month, year] = /^\s*(\d{1,2})\s*\/\s*(?:20)?(\d{2})\s*$/.exec(form.expiry ?? '') ?? [];
    if (!/^\d{12,19}$/.test(number)) return { problem: 'Your card number is incomplete.' };
    if (!month || Number(month) < 1 || Number(month) > 12) {
        return { problem: "Your card's expiration date is incomplete." };
    }
    if (!/^\d{3,4}$/.test(String(form.cvc ?? '').trim())) {
        return { problem: "Your card's security code is incomplete." };
    }
    const card = { number, exp_month: Number(month), exp_year: 2000 + Number(year) };
    if (Date.UTC(card.exp_year, card.exp_month, 1) / 1000 <= now) {
        return { problem: "Your card's expiration date is in the past." };
    }
    return { card };
}

/** Two buttons in place of a bank's confirmation. */
export function confirmation(action) {
    return html(
        'Confirm your payment',
        `<p>This stands for the page of your bank (3-D Secure).</p>
<form method="post" action="${safe(action)}"><button name="outcome" value="complete">Complete</button>
<button class="second" name="outcome" value="fail">Fail</button></form>`,
    );
}
