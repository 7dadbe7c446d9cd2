/** Calls that real Stripe has not: for tests that make things go wrong, or time go by. No key is asked for. */

import { decide, open } from './api/disputes.mjs';
import { finish } from './api/clocks.mjs';
import { arrive, fail } from './billing/payouts.mjs';
import { pass } from './billing/timeline.mjs';
import { present } from './http/present.mjs';

/**
 * @param {import('./server.mjs').Double} double
 * @param {string} method
 * @param {string} path without `/_double`
 * @param {any} body
 * @returns {Promise<any>} what is answered; `undefined` when there is no such call
 */
export async function control(double, method, path, body) {
    const { world, webhooks } = double;
    const [, kind, id, verb] = path.split('/');
    switch (`${method} ${[kind, id && '*', verb].filter(Boolean).join('/')}`) {
        case 'POST webhooks':
            webhooks.mode = body.mode ?? webhooks.mode;
            webhooks.duplicate = body.duplicate ?? 0;
            webhooks.seed = body.shuffle ?? null;
            return { mode: webhooks.mode };
        case 'POST webhooks/*':
            return id === 'release' ? { released: await webhooks.release() } : undefined;
        case 'GET webhooks':
            return { held: webhooks.waiting.length, pending: webhooks.pending, delivered: webhooks.delivered };
        case 'POST fail_next':
            world.failures.push({
                method: body.method ?? 'POST',
                path: body.path,
                status: body.status ?? 500,
                after: body.after ?? false,
            });
            return { waiting: world.failures.length };
        case 'POST settings':
            return Object.assign(world.data.settings, body);
        case 'POST disputes':
            return present(world, open(world, world.get('charge', body.charge, 'charge'), body.reason ?? 'fraudulent'));
        case 'POST disputes/*/decide':
            return present(world, decide(world, world.get('dispute', id), Boolean(body.won)));
        case 'POST payouts/*/fail':
            return present(world, fail(world, world.get('payout', id)));
        case 'POST payouts/*/pay':
            return present(world, arrive(world, world.get('payout', id)));
        case 'POST advance':
            return advance(world, body.seconds);
        case 'GET requests':
            return { data: world.calls };
        case 'POST reset':
            double.reset();
            return { reset: true };
        default:
            return undefined;
    }
}

/** Moves the real time and every test clock. */
function advance(world, seconds) {
    for (const clock of world.all('test_helpers.test_clock')) finish(world, clock, clock.frozen_time + seconds);
    pass(world, null, world.now(null) + seconds);
    return { now: world.now(null) };
}
