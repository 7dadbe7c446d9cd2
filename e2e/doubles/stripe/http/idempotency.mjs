/** Answers that are kept under an `Idempotency-Key` for a day. */

import { StripeError } from './errors.mjs';

const KEPT_SECONDS = 24 * 3600;

/**
 * The kept answer, if there is one.
 * @param {import('../world/world.mjs').World} world
 */
export function recall(world, key, fingerprint) {
    const kept = world.idempotency.get(key);
    if (!kept || kept.at + KEPT_SECONDS < world.now(null)) return undefined;
    if (kept.fingerprint !== fingerprint) {
        throw new StripeError(
            400,
            `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
            { type: 'idempotency_error' },
        );
    }
    return kept;
}

export function keep(world, key, fingerprint, status, body) {
    world.idempotency.set(key, { fingerprint, status, body, at: world.now(null) });
}
