/** Test clocks: time for the customers that belong to them. */

import { StripeError, invalid } from '../http/errors.mjs';
import { page } from '../http/lists.mjs';
import { PAGE, required, text, whole } from '../http/params.mjs';
import { DAY, moved } from '../billing/calendar.mjs';
import { pass } from '../billing/timeline.mjs';

const KEPT_SECONDS = 30 * DAY;
const FARTHEST_SECONDS = 2 * 366 * DAY;

/** @type {import('../http/router.mjs').Route[]} */
export const clocks = [
    ['POST', '/v1/test_helpers/test_clocks', { frozen_time: required(whole), name: text }, create],
    [
        'GET',
        '/v1/test_helpers/test_clocks',
        PAGE,
        ({ world, p }) => page(world.all('test_helpers.test_clock'), p, '/v1/test_helpers/test_clocks'),
    ],
    ['GET', '/v1/test_helpers/test_clocks/:id', {}, ({ world, at }) => world.get('test_helpers.test_clock', at.id)],
    ['POST', '/v1/test_helpers/test_clocks/:id/advance', { frozen_time: required(whole) }, advance],
    ['DELETE', '/v1/test_helpers/test_clocks/:id', {}, remove],
];

function create({ world, p }) {
    const now = Math.floor(Date.now() / 1000);
    const clock = world.add({
        id: world.id('clock'),
        object: 'test_helpers.test_clock',
        created: now,
        deletes_after: now + KEPT_SECONDS,
        frozen_time: p.frozen_time,
        livemode: false,
        name: p.name ?? null,
        status: 'ready',
        status_details: {},
    });
    clock.$clock = clock.id;
    world.emitEvent('test_helpers.test_clock.created', clock);
    return clock;
}

/** The answer comes at once and says `advancing`; the work is done right after it. */
function advance({ world, p, at }) {
    const clock = world.get('test_helpers.test_clock', at.id);
    if (clock.status === 'advancing') {
        throw new StripeError(429, 'Test clock advancement underway - cannot advance again until it is ready.', {
            code: 'rate_limit',
            type: 'invalid_request_error',
        });
    }
    if (p.frozen_time <= clock.frozen_time) {
        throw invalid(
            'Test clocks can only be advanced to a time that is after their current frozen time.',
            'frozen_time',
        );
    }
    checkJump(world, clock, p.frozen_time);
    clock.status = 'advancing';
    clock.status_details = { advancing: { target_frozen_time: p.frozen_time } };
    world.emitEvent('test_helpers.test_clock.advancing', clock);
    setImmediate(() => tryToFinish(world, clock, p.frozen_time));
    return clock;
}

/** A clock that was taken away in between is left alone; one that breaks says so, as Stripe's do. */
function tryToFinish(world, clock, until) {
    if (world.find(clock.id) !== clock) return;
    try {
        finish(world, clock, until);
    } catch (error) {
        console.error(error);
        clock.status = 'internal_failure';
        world.emitEvent('test_helpers.test_clock.internal_failure', clock);
    }
}

/** Stripe lets a clock jump at most two of the shortest intervals on it. */
function checkJump(world, clock, until) {
    const intervals = world
        .all('subscription')
        .filter((each) => each.$clock === clock.id && !['canceled', 'incomplete_expired'].includes(each.status))
        .map((each) => each.items.data[0].price.recurring);
    const farthest = Math.min(
        clock.frozen_time + FARTHEST_SECONDS,
        ...intervals.map((recurring) => moved(clock.frozen_time, recurring, 2)),
    );
    if (until > farthest) {
        throw invalid(
            'The test clock can be advanced by at most two intervals of its shortest subscription at a time.',
            'frozen_time',
        );
    }
}

/** Does everything up to a time and says `ready`. */
export function finish(world, clock, until) {
    pass(world, clock.id, until);
    delete clock.$now;
    Object.assign(clock, { frozen_time: until, status: 'ready', status_details: {} });
    world.emitEvent('test_helpers.test_clock.ready', clock);
}

/** A clock takes its customers, and what belongs to them, away with it. */
function remove({ world, at }) {
    const clock = world.get('test_helpers.test_clock', at.id);
    world.emitEvent('test_helpers.test_clock.deleted', clock);
    for (const record of [...world.data.records.values()]) if (record.$clock === clock.id) world.remove(record);
    return { id: clock.id, object: 'test_helpers.test_clock', deleted: true };
}
