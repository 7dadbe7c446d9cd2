/** Lists: newest first, in pages. */

import { invalid, missing } from './errors.mjs';

/**
 * @param {any[]} records oldest first
 * @param {{limit?: number, starting_after?: string, ending_before?: string}} p
 * @param {string} url
 */
export function page(records, p, url) {
    return pageInOrder([...records].reverse(), p, url);
}

/** The same for records that are in the order to show. */
export function pageInOrder(records, p, url) {
    const limit = p.limit ?? 10;
    if (limit < 1 || limit > 100) {
        throw invalid('Limit must be between 1 and 100.', 'limit', 'parameter_invalid_integer');
    }
    const at = (id, param) => {
        const index = records.findIndex((record) => record.id === id);
        if (index < 0) throw missing(records[0]?.object ?? 'object', id, param);
        return index;
    };
    if (p.ending_before) {
        const end = at(p.ending_before, 'ending_before');
        const start = Math.max(0, end - limit);
        return list(records.slice(start, end), start > 0, url);
    }
    const start = p.starting_after ? at(p.starting_after, 'starting_after') + 1 : 0;
    return list(records.slice(start, start + limit), start + limit < records.length, url);
}

export function list(data, more, url) {
    return { object: 'list', data, has_more: more, url };
}

/** Whether a time lies in `created[gte]=...`. */
export function within(time, bounds) {
    if (!bounds) return true;
    return !(
        (bounds.gt !== undefined && time <= bounds.gt) ||
        (bounds.gte !== undefined && time < bounds.gte) ||
        (bounds.lt !== undefined && time >= bounds.lt) ||
        (bounds.lte !== undefined && time > bounds.lte)
    );
}

/** Whether a record has each value that is asked for; values that were not asked for do not count. */
export function matches(record, wanted) {
    return Object.entries(wanted).every(([key, value]) => value === undefined || record[key] === value);
}
