/** Parts that many objects share. */

export const EMPTY_ADDRESS = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };

/** A whole address from the parts that are given. */
export function address(given) {
    return given ? { ...EMPTY_ADDRESS, ...given } : null;
}

export function emptyList(url) {
    return { object: 'list', data: [], has_more: false, url };
}
