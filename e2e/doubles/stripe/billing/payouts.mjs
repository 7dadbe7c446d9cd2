/** Money that leaves a connected account: a day after it came, to the bank. */

import { DAY } from './calendar.mjs';
import { newMovement } from '../shapes/movement.mjs';

/** How long a bank transfer takes. */
const TRAVEL_SECONDS = DAY;

/** What an account, or we, could spend now. */
export function available(world, currency, account = null) {
    return sum(world, currency, account, (movement) => movement.available_on <= world.now(movement.$clock));
}

export function pending(world, currency, account = null) {
    return sum(world, currency, account, (movement) => movement.available_on > world.now(movement.$clock));
}

function sum(world, currency, account, counts) {
    return world
        .all('balance_transaction', account)
        .filter((movement) => movement.currency === currency && counts(movement))
        .reduce((so, movement) => so + movement.net, 0);
}

export function currencies(world, account = null) {
    return [...new Set(world.all('balance_transaction', account).map(({ currency }) => currency))];
}

/** Money came in: it leaves tomorrow, together with what comes until then. */
export function schedulePayout(world, account) {
    account.$payoutAt ??= world.now(null) + DAY;
}

/** Pays out whatever is there, one payout for each currency. */
export function payOut(world, account) {
    delete account.$payoutAt;
    for (const currency of currencies(world, account.id)) {
        const amount = available(world, currency, account.id);
        if (amount > 0) newPayout(world, account, amount, currency);
    }
}

export function newPayout(world, account, amount, currency, fields = {}) {
    const now = world.now(null);
    const id = world.id('po');
    const paidOut = world
        .all('balance_transaction', account.id)
        .filter((each) => each.currency === currency && !each.$payout && each.type !== 'payout');
    const movement = newMovement(world, {
        type: 'payout',
        amount: -amount,
        currency,
        source: id,
        description: 'STRIPE PAYOUT',
        account: account.id,
    });
    const payout = world.add({
        id,
        object: 'payout',
        amount,
        application_fee: null,
        application_fee_amount: null,
        arrival_date: now + TRAVEL_SECONDS,
        automatic: true,
        balance_transaction: movement.id,
        created: now,
        currency,
        description: 'STRIPE PAYOUT',
        destination: account.$bank ?? null,
        failure_balance_transaction: null,
        failure_code: null,
        failure_message: null,
        livemode: false,
        metadata: {},
        method: 'standard',
        original_payout: null,
        payout_method: null,
        reconciliation_status: 'in_progress',
        reversed_by: null,
        source_type: 'card',
        statement_descriptor: null,
        status: 'in_transit',
        trace_id: { status: 'pending', value: null },
        type: 'bank_account',
        ...fields,
        $account: account.id,
    });
    for (const each of [...paidOut, movement]) each.$payout = id;
    world.emitEvent('payout.created', payout);
    return payout;
}

export function arrive(world, payout) {
    Object.assign(payout, {
        status: 'paid',
        reconciliation_status: 'completed',
        trace_id: { status: 'supported', value: payout.id },
    });
    world.emitEvent('payout.paid', payout);
    return payout;
}

/** The bank sent it back: the money is on the account again. */
export function fail(world, payout) {
    const movement = newMovement(world, {
        type: 'payout_failure',
        amount: payout.amount,
        currency: payout.currency,
        source: payout.id,
        account: payout.$account,
    });
    Object.assign(payout, {
        status: 'failed',
        failure_balance_transaction: movement.id,
        failure_code: 'account_closed',
        failure_message: 'The bank account has been closed.',
        reconciliation_status: 'not_applicable',
    });
    world.emitEvent('payout.failed', payout);
    return payout;
}
