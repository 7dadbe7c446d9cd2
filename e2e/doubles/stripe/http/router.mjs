/** Finds the handler of a call. */

import { text, listOf } from './params.mjs';

/**
 * @typedef {object} Call
 * @property {import('../world/world.mjs').World} world
 * @property {Record<string, any>} p parameters, read by the table
 * @property {Record<string, string>} at what the path named
 * @property {string | null} account connected account the call is made for
 *
 * @typedef {[string, string, Record<string, any>, (call: Call) => any]} Route method, path, table, handler
 */

export class Router {
    /** @param {Route[]} routes */
    constructor(routes) {
        this.routes = routes.map(([method, path, table, handle]) => ({
            method,
            pattern: new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
            table: { ...table, expand: listOf(text) },
            handle,
        }));
    }

    find(method, path) {
        for (const route of this.routes) {
            const found = route.method === method && route.pattern.exec(path);
            if (found) return { ...route, at: mapValues(found.groups ?? {}, decodeURIComponent) };
        }
        return undefined;
    }
}

function mapValues(object, change) {
    return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
