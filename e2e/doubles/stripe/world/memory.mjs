/**
 * A memory as text and back. Records know each other, and what is shared has to stay shared, so that a change of one is a
 * change for all: everything that is an object stands once in a list, and others name its place there.
 *
 *   [[0 is the root], …]: `{"o": {key: value}}` an object, `{"a": [value]}` a list, `{"m": [[key, value]]}` a map
 *   a value is `[place]` for one of those, and itself otherwise
 */

/** @param {any} root plain data: objects, lists, maps, text, numbers, booleans, null */
export function write(root) {
    const places = new Map();
    const entries = [];
    const value = (it) => {
        if (typeof it === 'bigint' || typeof it === 'function' || typeof it === 'symbol') {
            throw new TypeError(`a ${typeof it} can't be kept`);
        }
        return it !== null && typeof it === 'object' ? [place(it)] : it;
    };
    const place = (it) => {
        const known = places.get(it);
        if (known !== undefined) return known;
        const at = entries.push(null) - 1;
        places.set(it, at);
        if (Array.isArray(it)) entries[at] = { a: it.map(value) };
        else if (it instanceof Map) entries[at] = { m: [...it].map(([key, each]) => [value(key), value(each)]) };
        else if (Object.getPrototypeOf(it) === Object.prototype) entries[at] = { o: object(it, value) };
        else throw new TypeError(`a ${it.constructor?.name} can't be kept`);
        return at;
    };
    place(root);
    return JSON.stringify(entries);
}

/** What has no value is left out, as JSON does. */
function object(it, value) {
    const known = Object.entries(it).filter(([, each]) => each !== undefined);
    return Object.fromEntries(known.map(([key, each]) => [key, value(each)]));
}

/** @param {string} text as {@link write} made it */
export function read(text) {
    const entries = JSON.parse(text);
    // First all of them, empty, so that they can name each other.
    const made = entries.map((entry) => (entry.a ? [] : entry.m ? new Map() : {}));
    const value = (it) => (Array.isArray(it) ? made[it[0]] : it);
    for (const [at, entry] of entries.entries()) {
        if (entry.a) made[at].push(...entry.a.map(value));
        else if (entry.m) for (const [key, each] of entry.m) made[at].set(value(key), value(each));
        else for (const [key, each] of Object.entries(entry.o)) made[at][key] = value(each);
    }
    return made[0];
}
