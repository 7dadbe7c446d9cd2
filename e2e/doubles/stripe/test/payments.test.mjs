/** Money after the sale: refunds, disputes, fees, and the share of connected accounts. */

import assert from 'node:assert/strict';
import { Bench, DAY, journey, test } from './harness.mjs';

const bench = Bench.forFile();

/** A charge of an amount, without a test clock. */
async function sold(amount) {
    const customer = await bench.customer();
    const price = await bench.price(amount);
    await bench.stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
    return (await bench.stripe.charges.list({ customer: customer.id })).data[0];
}

const net = async () => {
    const balance = await bench.stripe.balance.retrieve();
    return balance.available[0].amount + balance.pending[0].amount;
};

test('a charge costs a fee and is available after two days', async () => {
    const charge = await sold(10_050);
    const movement = await bench.stripe.balanceTransactions.retrieve(charge.balance_transaction);
    assert.deepEqual([movement.fee, movement.net, movement.status, movement.type], [321, 9729, 'pending', 'charge']);
    await bench.control('advance', { seconds: 2 * DAY });
    const balance = await bench.stripe.balance.retrieve();
    assert.deepEqual([balance.available[0].amount, balance.pending[0].amount], [9729, 0]);
});

journey('refunds, in part and in whole', async () => {
    const { stripe } = bench;
    const charge = await sold(1000);
    const part = await stripe.refunds.create({
        charge: charge.id,
        amount: 300,
        reason: 'requested_by_customer',
        metadata: { why: 'late' },
    });
    assert.equal(part.status, 'succeeded');
    await assert.rejects(stripe.refunds.create({ charge: charge.id, amount: 701 }), { param: 'amount' });
    await stripe.refunds.create({ payment_intent: charge.payment_intent });
    await assert.rejects(stripe.refunds.create({ charge: charge.id }), { code: 'charge_already_refunded' });
    const after = await stripe.charges.retrieve(charge.id, { expand: ['refunds'] });
    assert.deepEqual([after.refunded, after.amount_refunded, after.refunds.data.length], [true, 1000, 2]);
    assert.equal((await stripe.refunds.list({ charge: charge.id })).data.length, 2);
    const told = (await stripe.events.list({ type: 'charge.refunded' })).data;
    const first = told.findLast((event) => event.data.object.id === charge.id);
    assert.equal(first.data.previous_attributes.amount_refunded, 0);
});

test('the fee stays when everything is refunded', async () => {
    const charge = await sold(1000);
    await bench.stripe.refunds.create({ charge: charge.id });
    assert.equal(await net(), -59);
});

test('a dispute that is won costs nothing, a lost one the amount and a fee', async () => {
    const { stripe } = bench;
    const charge = await sold(1000);
    const before = await net();
    const dispute = await bench.control('disputes', { charge: charge.id, reason: 'fraudulent' });
    assert.equal(await net(), before - 2500);
    await assert.rejects(stripe.refunds.create({ charge: charge.id }), { code: 'charge_disputed' });
    const answered = await stripe.disputes.update(dispute.id, {
        evidence: { product_description: 'It rang' },
        submit: true,
    });
    assert.equal(answered.status, 'under_review');
    await bench.control(`disputes/${dispute.id}/decide`, { won: true });
    assert.equal(await net(), before);
    assert.equal((await stripe.disputes.retrieve(dispute.id)).status, 'won');

    const other = await bench.control('disputes', { charge: (await sold(1000)).id, reason: 'product_not_received' });
    assert.equal((await stripe.disputes.close(other.id)).status, 'lost');
    assert.equal(await net(), before + before - 2500);
    const types = await bench.happened();
    for (const type of ['created', 'funds_withdrawn', 'updated', 'closed', 'funds_reinstated']) {
        assert.ok(types.includes(`charge.dispute.${type}`), type);
    }
});

async function partner() {
    const account = await bench.stripe.accounts.create({
        type: 'express',
        country: 'DE',
        email: 'partner@example.com',
        capabilities: { transfers: { requested: true } },
        metadata: { partner: '3' },
    });
    const link = await bench.stripe.accountLinks.create({
        account: account.id,
        type: 'account_onboarding',
        refresh_url: 'https://market.example/again',
        return_url: 'https://market.example/back',
    });
    return { account, link };
}

const FORM = { business: 'Partner', iban: 'DE89 3704 0044 0532 0130 00', terms: 'yes' };

test('onboarding, a transfer, its reversal, and the payout', async () => {
    const { stripe } = bench;
    const { account, link } = await partner();
    assert.equal(account.payouts_enabled, false);
    const charge = await sold(10_000);
    const transfer = {
        amount: 7000,
        currency: 'eur',
        destination: account.id,
        source_transaction: charge.id,
        metadata: { invoice: '1' },
    };
    await assert.rejects(stripe.transfers.create(transfer), { code: 'insufficient_capabilities_for_transfer' });
    assert.match(await (await fetch(link.url)).text(), /IBAN/);
    const sent = await bench.submit(link.url, FORM);
    assert.equal(sent.headers.get('location'), 'https://market.example/back');
    assert.equal(
        (await bench.submit(link.url, FORM)).headers.get('location'),
        'https://market.example/again',
        'a link works once',
    );
    const ready = await stripe.accounts.retrieve(account.id);
    assert.deepEqual(
        [ready.details_submitted, ready.charges_enabled, ready.payouts_enabled, ready.capabilities.transfers],
        [true, true, true, 'active'],
    );
    const [event] = (await stripe.events.list({ type: 'account.updated' }, { stripeAccount: account.id })).data;
    assert.equal(event.account, account.id);

    const made = await stripe.transfers.create(transfer);
    assert.equal(made.transfer_group, `group_${charge.id}`);
    await assert.rejects(stripe.transfers.create({ ...transfer, amount: 3001 }), { param: 'amount' });
    await assert.rejects(stripe.transfers.create({ amount: 1, currency: 'eur', destination: account.id }), {
        code: 'balance_insufficient',
    });
    const reversal = await stripe.transfers.createReversal(made.id, { amount: 1500, metadata: { refund: '1' } });
    assert.equal(reversal.transfer, made.id);
    await assert.rejects(stripe.transfers.createReversal(made.id, { amount: 5501 }), { param: 'amount' });
    assert.equal((await stripe.transfers.retrieve(made.id)).amount_reversed, 1500);
    const their = { stripeAccount: account.id };
    assert.equal((await stripe.balance.retrieve({}, their)).available[0].amount, 5500);

    assert.equal((await stripe.payouts.list({}, their)).data.length, 0);
    await bench.control('advance', { seconds: DAY });
    const [payout] = (await stripe.payouts.list({}, their)).data;
    assert.deepEqual([payout.amount, payout.status, payout.automatic], [5500, 'in_transit', true]);
    await assert.rejects(stripe.payouts.retrieve(payout.id), { code: 'resource_missing' });
    assert.equal((await stripe.balanceTransactions.list({ payout: payout.id }, their)).data.length, 3);
    await bench.control(`payouts/${payout.id}/fail`);
    assert.equal((await stripe.payouts.retrieve(payout.id, {}, their)).status, 'failed');
    assert.equal((await stripe.balance.retrieve({}, their)).available[0].amount, 5500);
});

test('a payout arrives by itself a day later, or when it is told to', async () => {
    const { account, link } = await partner();
    await bench.submit(link.url, FORM);
    const pay = async () =>
        bench.stripe.transfers.create({
            amount: 100,
            currency: 'eur',
            destination: account.id,
            source_transaction: (await sold(1000)).id,
        });
    await pay();
    await bench.control('advance', { seconds: DAY + 3600 });
    const their = { stripeAccount: account.id };
    const [first] = (await bench.stripe.payouts.list({}, their)).data;
    await bench.control(`payouts/${first.id}/pay`);
    await pay();
    await bench.control('advance', { seconds: 3 * DAY });
    assert.deepEqual(
        (await bench.stripe.payouts.list({}, their)).data.map((each) => each.status),
        ['paid', 'paid'],
    );
});

test('a link that is too old leads back to ask for another', async () => {
    const { link } = await partner();
    await bench.control('advance', { seconds: 600 });
    assert.equal(
        (await fetch(link.url, { redirect: 'manual' })).headers.get('location'),
        'https://market.example/again',
    );
    await assert.rejects(bench.stripe.transfers.create({ amount: 1, currency: 'eur', destination: 'acct_nobody' }), {
        code: 'resource_missing',
    });
});

journey('a change that cannot be paid is refused and leaves nothing behind, where that is asked for', async () => {
    const { stripe } = bench;
    const customer = await bench.customer();
    const price = await bench.price(1000);
    const bought = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
    const card = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customer.id });
    const more = {
        items: [{ id: bought.items.data[0].id, quantity: 5 }],
        proration_behavior: 'always_invoice',
        default_payment_method: card.id,
    };
    await assert.rejects(
        stripe.subscriptions.update(bought.id, { ...more, payment_behavior: 'error_if_incomplete' }),
        (error) => error.statusCode === 402 && error.code === 'card_declined',
    );
    const same = await stripe.subscriptions.retrieve(bought.id);
    assert.deepEqual([same.items.data[0].quantity, same.status, same.latest_invoice], [1, 'active', bought.latest_invoice]);
    const changed = await stripe.subscriptions.update(bought.id, more);
    assert.deepEqual([changed.items.data[0].quantity, changed.status], [5, 'past_due']);
});
