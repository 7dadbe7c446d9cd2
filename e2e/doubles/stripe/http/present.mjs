/**
 * What a client sees of a record: a copy without our own `$` fields, with `expand` followed.
 * Ids are looked up wherever they stand; fields that Stripe gives only when asked are made by `ON_REQUEST`.
 */

import { invalid } from './errors.mjs';

/** @type {Record<string, Record<string, (world: any, record: any) => any>>} */
const ON_REQUEST = {};

/** Declares a field that is only there when it is asked for. */
export function onRequest(kind, field, make) {
    (ON_REQUEST[kind] ??= {})[field] = make;
}

/**
 * @param {import('../world/world.mjs').World} world
 * @param {any} value
 * @param {string[]} [expand]
 */
export function present(world, value, expand = []) {
    if (typeof value === 'string' && expand.length > 0) {
        const record = world.find(value);
        if (!record) throw invalid(`This property cannot be expanded (${expand[0]}).`, 'expand');
        return present(world, record, expand.filter(Boolean));
    }
    if (Array.isArray(value)) return value.map((entry) => present(world, entry, expand));
    if (value === null || typeof value !== 'object') return value;
    const wanted = grouped(expand);
    const seen = {};
    for (const [key, entry] of Object.entries(value)) {
        if (!key.startsWith('$')) seen[key] = present(world, entry, wanted[key]);
    }
    for (const [key, deeper] of Object.entries(wanted)) {
        if (key in seen) continue;
        const make = ON_REQUEST[value.object]?.[key];
        if (!make) throw invalid(`This property cannot be expanded (${key}).`, 'expand');
        seen[key] = present(world, make(world, value), deeper.filter(Boolean));
    }
    return seen;
}

/** `['a.b', 'a', 'c']` to `{ a: ['b', ''], c: [''] }`; the empty text is "this one itself". */
function grouped(paths) {
    const groups = {};
    for (const path of paths) {
        if (path === '') continue;
        const [head, ...rest] = path.split('.');
        (groups[head] ??= []).push(rest.join('.'));
    }
    return groups;
}
