/**
 * Parameter tables. A table names every parameter that a call takes; everything else is refused as Stripe refuses
 * it. An empty value means "unset" and becomes `null`.
 */

import { invalid } from './errors.mjs';

/** @typedef {(value: any, at: string) => any} Reader */

/** @type {Reader} */
export const text = (value, at) => {
    if (typeof value !== 'string') throw invalid('Invalid string', at);
    return value;
};

/** @type {Reader} */
export const whole = (value, at) => {
    if (typeof value !== 'string' || !/^-?\d+$/.test(value)) {
        throw invalid(`Invalid integer: ${value}`, at, 'parameter_invalid_integer');
    }
    return Number(value);
};

/** @type {Reader} */
export const number = (value, at) => {
    if (typeof value !== 'string' || !/^-?\d+(\.\d+)?$/.test(value)) throw invalid(`Invalid decimal: ${value}`, at);
    return Number(value);
};

/** Kept as text: a fraction of a cent must not pass through a float. @type {Reader} */
export const decimal = (value, at) => {
    number(value, at);
    return value;
};

/** @type {Reader} */
export const flag = (value, at) => {
    if (value !== 'true' && value !== 'false') throw invalid(`Invalid boolean: ${value}`, at);
    return value === 'true';
};

/** Free keys with text values. @type {Reader} */
export const map = (value, at) => {
    if (value === null || typeof value !== 'object') throw invalid('Invalid object', at);
    return { ...value };
};

/** `created=1` or `created[gte]=1`. @type {Reader} */
export const range = (value, at) => {
    if (typeof value === 'string') return { gte: whole(value, at), lte: whole(value, at) };
    return read({ gt: whole, gte: whole, lt: whole, lte: whole }, value, at);
};

/** A time, or the word `now`. @type {Reader} */
export const nowOrTime = (value, at) => (value === 'now' ? 'now' : whole(value, at));

/** @returns {Reader} */
export const oneOf =
    (...allowed) =>
    (value, at) => {
        if (!allowed.includes(value)) {
            throw invalid(`Invalid ${at}: must be one of ${allowed.join(', ')}`, at);
        }
        return value;
    };

/** @returns {Reader} */
export const listOf = (entry) => (value, at) => {
    if (value === null || typeof value !== 'object') throw invalid('Invalid array', at);
    return Object.keys(value)
        .sort((one, other) => Number(one) - Number(other))
        .map((key) => readOne(entry, value[key], `${at}[${key}]`));
};

/** Free keys, each with the same table: `currency_options[eur][unit_amount]`. @returns {Reader} */
export const mapOf = (entry) => (value, at) => {
    const named = map(value, at);
    return Object.fromEntries(Object.keys(named).map((key) => [key, readOne(entry, named[key], `${at}[${key}]`)]));
};

/** Marks a parameter that must be there; a class, because tables may have a key of any name. */
class Required {
    constructor(reader) {
        this.reader = reader;
    }
}

export const required = (reader) => new Required(reader);

/** What every list takes. */
export const PAGE = { limit: whole, starting_after: text, ending_before: text };

/**
 * @param {Record<string, any>} table
 * @param {Record<string, any>} values
 * @param {string} [within] path of the object that is read
 */
export function read(table, values, within = '') {
    if (values === null || typeof values !== 'object') throw invalid('Invalid object', within);
    const path = (key) => (within ? `${within}[${key}]` : key);
    for (const key of Object.keys(values)) {
        if (!Object.hasOwn(table, key)) {
            throw invalid(`Received unknown parameter: ${path(key)}`, path(key), 'parameter_unknown');
        }
    }
    const result = {};
    for (const [key, entry] of Object.entries(table)) {
        const must = entry instanceof Required;
        if (must && !(key in values)) {
            throw invalid(`Missing required param: ${path(key)}.`, path(key), 'parameter_missing');
        }
        if (must && values[key] === '') {
            throw invalid(`You passed an empty string for '${path(key)}'.`, path(key), 'parameter_invalid_empty');
        }
        if (key in values) result[key] = readOne(must ? entry.reader : entry, values[key], path(key));
    }
    return result;
}

function readOne(reader, value, at) {
    if (value === '') return null;
    return typeof reader === 'function' ? reader(value, at) : read(reader, value, at);
}
