/** Exact arithmetic on amounts: whole numbers only, halves away from zero. */

const PLACES = 12;
export const SCALE = 10n ** BigInt(PLACES);

/** `"0.05"` as a whole number of trillionths. */
export function scaled(decimal) {
    const [units, fraction = ''] = String(decimal).split('.');
    const negative = units.startsWith('-');
    const size = BigInt(units.replace('-', '')) * SCALE + BigInt(fraction.padEnd(PLACES, '0').slice(0, PLACES));
    return negative ? -size : size;
}

/** @param {bigint} top @param {bigint} bottom greater than zero */
export function rounded(top, bottom) {
    const size = ((top < 0n ? -top : top) * 2n + bottom) / (bottom * 2n);
    return Number(top < 0n ? -size : size);
}

/** A share of an amount: `amount * part / of`. */
export function share(amount, part, of) {
    return rounded(BigInt(amount) * BigInt(part), BigInt(of));
}

/** A percentage of an amount; the percentage may have up to four decimals. */
export function percent(amount, rate) {
    return rounded(BigInt(amount) * BigInt(Math.round(rate * 10_000)), 1_000_000n);
}
