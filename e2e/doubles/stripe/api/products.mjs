/** Products. */

import { invalid } from '../http/errors.mjs';
import { matches, page, within } from '../http/lists.mjs';
import { PAGE, flag, listOf, map, range, required, text } from '../http/params.mjs';
import { newProduct } from '../shapes/product.mjs';
import { merged } from '../world/metadata.mjs';

const FIELDS = {
    active: flag,
    description: text,
    images: listOf(text),
    marketing_features: listOf({ name: required(text) }),
    metadata: map,
    name: text,
    statement_descriptor: text,
    tax_code: text,
    unit_label: text,
    url: text,
};

/** @type {import('../http/router.mjs').Route[]} */
export const products = [
    ['POST', '/v1/products', { ...FIELDS, id: text, name: required(text) }, create],
    ['GET', '/v1/products', { ...PAGE, active: flag, created: range, ids: listOf(text), url: text }, listAll],
    ['GET', '/v1/products/:id', {}, ({ world, at }) => world.get('product', at.id)],
    ['POST', '/v1/products/:id', { ...FIELDS, default_price: text }, update],
    ['DELETE', '/v1/products/:id', {}, remove],
];

function create({ world, p }) {
    if (p.id && world.find(p.id)) throw invalid(`Product already exists.`, 'id', 'resource_already_exists');
    return newProduct(world, p);
}

function listAll({ world, p }) {
    const found = world.all('product').filter((each) => matches(each, { active: p.active, url: p.url }));
    return page(
        found.filter((each) => within(each.created, p.created) && (!p.ids || p.ids.includes(each.id))),
        p,
        '/v1/products',
    );
}

function update({ world, p, at }) {
    const product = world.get('product', at.id);
    if (p.default_price) world.get('price', p.default_price, 'default_price');
    const { metadata, expand: _, ...fields } = p;
    return world.change('product.updated', product, () => {
        Object.assign(product, fields, { metadata: merged(product.metadata, metadata), updated: world.now(null) });
    });
}

function remove({ world, at }) {
    const product = world.get('product', at.id);
    if (world.all('price').some((price) => price.product === product.id)) {
        throw invalid('This product cannot be deleted because it has one or more user-created prices.');
    }
    world.remove(product);
    world.emitEvent('product.deleted', product);
    return { id: product.id, object: 'product', deleted: true };
}
