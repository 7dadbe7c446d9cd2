/** Form encoding as Stripe takes it: `items[0][price]=x&expand[]=y`. */

/**
 * Objects without a prototype; lists are objects with numbers as keys until a parameter table says otherwise.
 * @param {string} encoded
 */
export function parseForm(encoded) {
    const root = Object.create(null);
    for (const [name, value] of new URLSearchParams(encoded)) place(root, segments(name), value);
    return root;
}

function segments(name) {
    const head = name.split('[', 1)[0];
    return [head, ...[...name.slice(head.length).matchAll(/\[([^\]]*)\]/g)].map((found) => found[1])];
}

function place(node, path, value) {
    for (const [depth, raw] of path.entries()) {
        const key = raw === '' && depth > 0 ? String(Object.keys(node).length) : raw;
        if (depth === path.length - 1) {
            node[key] = value;
        } else {
            if (typeof node[key] !== 'object') node[key] = Object.create(null);
            node = node[key];
        }
    }
}
