/** Metadata merges: a key with an empty value goes, an empty map clears all. */

/**
 * @param {Record<string, string>} old
 * @param {Record<string, string> | null | undefined} given
 */
export function merged(old, given) {
    if (given === undefined) return old;
    if (given === null) return {};
    const result = { ...old, ...given };
    for (const [key, value] of Object.entries(given)) if (value === '' || value === null) delete result[key];
    return result;
}
