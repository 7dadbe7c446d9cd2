/** Events that happened, and the endpoints that are told. */

import { page, within } from '../http/lists.mjs';
import { missing } from '../http/errors.mjs';
import { PAGE, flag, listOf, map, range, required, text } from '../http/params.mjs';
import { API_VERSION } from '../world/world.mjs';
import { merged } from '../world/metadata.mjs';

const ENDPOINT = { description: text, enabled_events: listOf(text), metadata: map, url: text };

/** @type {import('../http/router.mjs').Route[]} */
export const events = [
    [
        'GET',
        '/v1/events',
        { ...PAGE, created: range, delivery_success: flag, type: text, types: listOf(text) },
        listAll,
    ],
    ['GET', '/v1/events/:id', {}, getEvent],
    [
        'POST',
        '/v1/webhook_endpoints',
        { ...ENDPOINT, api_version: text, connect: flag, enabled_events: required(listOf(text)), url: required(text) },
        createEndpoint,
    ],
    [
        'GET',
        '/v1/webhook_endpoints',
        PAGE,
        ({ world, p }) => page(world.all('webhook_endpoint'), p, '/v1/webhook_endpoints'),
    ],
    ['GET', '/v1/webhook_endpoints/:id', {}, ({ world, at }) => world.get('webhook_endpoint', at.id)],
    ['POST', '/v1/webhook_endpoints/:id', { ...ENDPOINT, disabled: flag }, updateEndpoint],
    ['DELETE', '/v1/webhook_endpoints/:id', {}, removeEndpoint],
];

/** `invoice.*` stands for all events of invoices. */
export function covers(pattern, type) {
    return pattern === '*' || pattern === type || (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1)));
}

function listAll({ world, p, account }) {
    const types = p.types ?? (p.type ? [p.type] : undefined);
    const found = world
        .all('event', account)
        .filter(
            (event) =>
                (!types || types.some((type) => covers(type, event.type))) &&
                (p.delivery_success === undefined || p.delivery_success === (event.pending_webhooks === 0)) &&
                within(event.created, p.created),
        );
    return page(found, p, '/v1/events');
}

function getEvent({ world, at, account }) {
    const event = world.get('event', at.id);
    if ((event.account ?? null) !== account) throw missing('event', at.id);
    return event;
}

function createEndpoint({ world, p }) {
    const id = world.id('we');
    const endpoint = world.add({
        id,
        object: 'webhook_endpoint',
        api_version: p.api_version ?? API_VERSION,
        application: null,
        created: world.now(null),
        description: p.description ?? null,
        enabled_events: p.enabled_events,
        livemode: false,
        metadata: merged({}, p.metadata),
        status: 'enabled',
        url: p.url,
        $secret: `whsec_${id}`,
        $connect: p.connect ?? false,
    });
    // The secret is told once, when the endpoint is made.
    return { ...endpoint, secret: endpoint.$secret };
}

function updateEndpoint({ world, p, at }) {
    const endpoint = world.get('webhook_endpoint', at.id);
    const { metadata, disabled, expand: _, ...fields } = p;
    Object.assign(endpoint, fields, { metadata: merged(endpoint.metadata, metadata) });
    if (disabled !== undefined) endpoint.status = disabled ? 'disabled' : 'enabled';
    return endpoint;
}

function removeEndpoint({ world, at }) {
    const endpoint = world.get('webhook_endpoint', at.id);
    world.remove(endpoint);
    return { id: endpoint.id, object: 'webhook_endpoint', deleted: true };
}
