/** Products. */

/** @param {import('../world/world.mjs').World} world */
export function newProduct(world, p) {
    const now = world.now(null);
    const product = world.add({
        id: p.id ?? world.id('prod'),
        object: 'product',
        active: p.active ?? true,
        created: now,
        default_price: null,
        description: p.description ?? null,
        images: p.images ?? [],
        livemode: false,
        marketing_features: p.marketing_features ?? [],
        metadata: p.metadata ?? {},
        name: p.name,
        package_dimensions: null,
        shippable: null,
        statement_descriptor: p.statement_descriptor ?? null,
        tax_code: p.tax_code ?? null,
        type: 'service',
        unit_label: p.unit_label ?? null,
        updated: now,
        url: p.url ?? null,
    });
    world.emitEvent('product.created', product);
    return product;
}
