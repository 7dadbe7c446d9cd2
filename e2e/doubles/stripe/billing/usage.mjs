/** What a customer used, as a meter adds it up. */

import { SCALE, scaled } from './exact.mjs';

/**
 * @param {import('../world/world.mjs').World} world
 * @param {string} meterId
 * @param {string} customer
 * @param {number} start @param {number} end not included
 */
export function used(world, meterId, customer, start, end) {
    const meter = world.find(meterId);
    if (!meter) return 0;
    const events = usageEvents(world, meter, customer).filter(({ timestamp }) => timestamp >= start && timestamp < end);
    const values = events.map((event) => scaled(event.payload[meter.value_settings.event_payload_key] ?? '0'));
    const formula = meter.default_aggregation.formula;
    if (formula === 'count') return events.length;
    if (formula === 'last') return Number(values.at(-1) ?? 0n) / Number(SCALE);
    const sum = values.reduce((so, value) => so + value, 0n);
    // Corrections may be larger than what they correct; nobody is paid for that.
    return sum < 0n ? 0 : Number(sum) / Number(SCALE);
}

/** Events of one customer that count, in order of their time. */
function usageEvents(world, meter, customer) {
    const key = meter.customer_mapping.event_payload_key;
    return world
        .all('billing.meter_event')
        .filter((event) => event.event_name === meter.event_name && event.payload[key] === customer && !event.$canceled)
        .sort((one, other) => one.timestamp - other.timestamp);
}
