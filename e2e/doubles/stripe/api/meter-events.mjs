/** What customers used: each event once, not too old, and taken back within a day. */

import { invalid } from '../http/errors.mjs';
import { page } from '../http/lists.mjs';
import { PAGE, map, oneOf, required, text, whole } from '../http/params.mjs';
import { DAY, HOUR } from '../billing/calendar.mjs';
import { used } from '../billing/usage.mjs';
import { activeMeter } from './meters.mjs';

const OLDEST_SECONDS = 35 * DAY;
const AHEAD_SECONDS = 5 * 60;
const UNIQUE_SECONDS = 24 * HOUR;

const EVENT = { event_name: required(text), identifier: text, payload: required(map), timestamp: whole };
const ADJUSTMENT = {
    cancel: required({ identifier: required(text) }),
    event_name: required(text),
    type: required(oneOf('cancel')),
};
const SUMMARIES = {
    ...PAGE,
    customer: required(text),
    end_time: required(whole),
    start_time: required(whole),
    value_grouping_window: oneOf('day', 'hour'),
};

/** @type {import('../http/router.mjs').Route[]} */
export const meterEvents = [
    ['POST', '/v1/billing/meter_events', EVENT, record],
    ['POST', '/v1/billing/meter_event_adjustments', ADJUSTMENT, adjust],
    ['GET', '/v1/billing/meters/:id/event_summaries', SUMMARIES, summaries],
];

function record({ world, p }) {
    const meter = activeMeter(world, p.event_name);
    if (!meter) throw invalid(`No active meter found for event name ${p.event_name}`, 'event_name', 'no_meter');
    const customer = customerOf(world, meter, p);
    checkValue(meter, p);
    const now = world.now(customer.$clock);
    const timestamp = p.timestamp ?? now;
    checkTime(timestamp, now);
    const id = world.id('mtrevt');
    const identifier = p.identifier ?? id;
    if (eventsNamed(world, identifier).some((each) => each.$receivedAt > now - UNIQUE_SECONDS)) {
        throw invalid(`An event already exists with identifier ${identifier}.`, 'identifier');
    }
    const event = {
        object: 'billing.meter_event',
        created: now,
        event_name: p.event_name,
        identifier,
        livemode: false,
        payload: p.payload,
        timestamp,
    };
    world.add({ ...event, id, $receivedAt: now, $clock: customer.$clock, $canceled: false });
    return event;
}

function customerOf(world, meter, p) {
    const key = meter.customer_mapping.event_payload_key;
    const customer = world.find(p.payload[key]);
    if (customer?.object === 'customer' && !customer.deleted) return customer;
    throw invalid(`Customer mapping key ${key} does not name a customer.`, 'payload', 'meter_event_customer_not_found');
}

function checkValue(meter, p) {
    const value = p.payload[meter.value_settings.event_payload_key];
    if (meter.default_aggregation.formula === 'count' || /^-?\d+(\.\d{1,12})?$/.test(value ?? '')) return;
    throw invalid(`The value ${value} is not a number.`, 'payload', 'meter_event_invalid_value');
}

function checkTime(timestamp, now) {
    if (timestamp < now - OLDEST_SECONDS) {
        throw invalid(
            'The timestamp is too far in the past. It must be within the past 35 calendar days.',
            'timestamp',
            'timestamp_too_far_in_past',
        );
    }
    if (timestamp > now + AHEAD_SECONDS) {
        throw invalid(
            'The timestamp is too far in the future. It must not be more than 5 minutes ahead.',
            'timestamp',
            'timestamp_in_future',
        );
    }
}

function eventsNamed(world, identifier) {
    return world.all('billing.meter_event').filter((each) => each.identifier === identifier);
}

function adjust({ world, p }) {
    const { identifier } = p.cancel;
    const event = eventsNamed(world, identifier).findLast((each) => each.event_name === p.event_name);
    const param = 'cancel[identifier]';
    if (!event) throw invalid(`No meter event found with identifier ${identifier}.`, param, 'resource_missing');
    if (event.$canceled) throw invalid('This meter event was canceled already.', param);
    if (event.$receivedAt <= world.now(event.$clock) - UNIQUE_SECONDS) {
        throw invalid('Meter events can only be canceled within 24 hours of being received.', param);
    }
    event.$canceled = true;
    return {
        object: 'billing.meter_event_adjustment',
        cancel: { identifier },
        event_name: p.event_name,
        livemode: false,
        status: 'complete',
        type: 'cancel',
    };
}

function summaries({ world, p, at }) {
    const meter = world.get('billing.meter', at.id);
    if (p.start_time % 60 !== 0 || p.end_time % 60 !== 0) {
        throw invalid('The start and end time must align with minute boundaries.', 'start_time');
    }
    const step = { day: DAY, hour: HOUR }[p.value_grouping_window] ?? p.end_time - p.start_time;
    const found = [];
    for (let start = p.start_time; start < p.end_time; start += step) {
        const end = Math.min(start + step, p.end_time);
        const value = used(world, meter.id, p.customer, start, end);
        if (value !== 0 || !p.value_grouping_window) found.push(summary(meter, value, start, end));
    }
    return page(found, p, `/v1/billing/meters/${meter.id}/event_summaries`);
}

function summary(meter, value, start, end) {
    return {
        id: `mtrusg_${meter.id}_${start}`,
        object: 'billing.meter_event_summary',
        aggregated_value: value,
        end_time: end,
        livemode: false,
        meter: meter.id,
        start_time: start,
    };
}
