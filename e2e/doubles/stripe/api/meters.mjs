/** Meters: what is counted, and how it is added up. */

import { invalid } from '../http/errors.mjs';
import { matches, page } from '../http/lists.mjs';
import { PAGE, oneOf, required, text } from '../http/params.mjs';

const METER = {
    customer_mapping: { event_payload_key: required(text), type: required(oneOf('by_id')) },
    default_aggregation: required({ formula: required(oneOf('sum', 'count', 'last')) }),
    display_name: required(text),
    event_name: required(text),
    event_time_window: oneOf('day', 'hour'),
    value_settings: { event_payload_key: required(text) },
};

/** @type {import('../http/router.mjs').Route[]} */
export const meters = [
    ['POST', '/v1/billing/meters', METER, create],
    [
        'GET',
        '/v1/billing/meters',
        { ...PAGE, status: oneOf('active', 'inactive') },
        ({ world, p }) =>
            page(
                world.all('billing.meter').filter((each) => matches(each, { status: p.status })),
                p,
                '/v1/billing/meters',
            ),
    ],
    ['GET', '/v1/billing/meters/:id', {}, ({ world, at }) => world.get('billing.meter', at.id)],
    ['POST', '/v1/billing/meters/:id', { display_name: text }, update],
    ['POST', '/v1/billing/meters/:id/deactivate', {}, setStatus('inactive', 'billing.meter.deactivated')],
    ['POST', '/v1/billing/meters/:id/reactivate', {}, setStatus('active', 'billing.meter.reactivated')],
];

function create({ world, p }) {
    if (activeMeter(world, p.event_name)) {
        throw invalid(
            `There is already an active meter with event name: ${p.event_name}.`,
            'event_name',
            'resource_already_exists',
        );
    }
    const now = world.now(null);
    const meter = world.add({
        id: world.id('mtr'),
        object: 'billing.meter',
        created: now,
        customer_mapping: p.customer_mapping ?? { event_payload_key: 'stripe_customer_id', type: 'by_id' },
        default_aggregation: p.default_aggregation,
        display_name: p.display_name,
        event_name: p.event_name,
        event_time_window: p.event_time_window ?? null,
        livemode: false,
        status: 'active',
        status_transitions: { deactivated_at: null },
        updated: now,
        value_settings: p.value_settings ?? { event_payload_key: 'value' },
    });
    world.emitEvent('billing.meter.created', meter);
    return meter;
}

/** The meter that takes events of a name now. */
export function activeMeter(world, name) {
    return world.all('billing.meter').find((meter) => meter.event_name === name && meter.status === 'active');
}

function update({ world, p, at }) {
    const meter = world.get('billing.meter', at.id);
    return world.change('billing.meter.updated', meter, () =>
        Object.assign(meter, { display_name: p.display_name, updated: world.now(null) }),
    );
}

function setStatus(status, type) {
    return ({ world, at }) => {
        const meter = world.get('billing.meter', at.id);
        const now = world.now(null);
        Object.assign(meter, {
            status,
            updated: now,
            status_transitions: { deactivated_at: status === 'inactive' ? now : null },
        });
        world.emitEvent(type, meter);
        return meter;
    };
}
