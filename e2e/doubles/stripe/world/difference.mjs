/** `previous_attributes` of an event. */

/**
 * What `before` had where `after` differs: plain objects go deep, lists whole.
 * @param {Record<string, any>} before
 * @param {Record<string, any>} after
 */
export function difference(before, after) {
    const changed = {};
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
        const [old, now] = [before[key], after[key]];
        if (JSON.stringify(old) === JSON.stringify(now)) continue;
        changed[key] = isPlain(old) && isPlain(now) ? difference(old, now) : (old ?? null);
    }
    return changed;
}

function isPlain(value) {
    return value !== null && typeof value === 'object' && !Array.isArray(value);
}
