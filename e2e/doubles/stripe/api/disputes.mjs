/** Disputes: opened and decided by the control calls, answered here. */

import { invalid } from '../http/errors.mjs';
import { matches, page, within } from '../http/lists.mjs';
import { PAGE, flag, map, range, text } from '../http/params.mjs';
import { DAY } from '../billing/calendar.mjs';
import { newMovement } from '../shapes/movement.mjs';
import { merged } from '../world/metadata.mjs';

const FEE = 1500;
const ANSWER_SECONDS = 7 * DAY;

const EVIDENCE = [
    'access_activity_log',
    'billing_address',
    'cancellation_policy',
    'cancellation_policy_disclosure',
    'cancellation_rebuttal',
    'customer_communication',
    'customer_email_address',
    'customer_name',
    'customer_purchase_ip',
    'customer_signature',
    'duplicate_charge_documentation',
    'duplicate_charge_explanation',
    'duplicate_charge_id',
    'product_description',
    'receipt',
    'refund_policy',
    'refund_policy_disclosure',
    'refund_refusal_explanation',
    'service_date',
    'service_documentation',
    'shipping_address',
    'shipping_carrier',
    'shipping_date',
    'shipping_documentation',
    'shipping_tracking_number',
    'uncategorized_file',
    'uncategorized_text',
];
const EVIDENCE_TABLE = Object.fromEntries(EVIDENCE.map((key) => [key, text]));

/** @type {import('../http/router.mjs').Route[]} */
export const disputes = [
    ['GET', '/v1/disputes', { ...PAGE, charge: text, created: range, payment_intent: text }, listAll],
    ['GET', '/v1/disputes/:id', {}, ({ world, at }) => world.get('dispute', at.id)],
    ['POST', '/v1/disputes/:id', { evidence: EVIDENCE_TABLE, metadata: map, submit: flag }, answer],
    ['POST', '/v1/disputes/:id/close', {}, ({ world, at }) => decide(world, world.get('dispute', at.id), false)],
];

/** The bank takes the money back until the dispute is decided. */
export function open(world, charge, reason) {
    if (charge.disputed) throw invalid('This charge is disputed already.');
    const id = world.id('dp');
    const now = world.now(charge.$clock);
    const movement = newMovement(world, {
        type: 'adjustment',
        category: 'dispute',
        amount: -charge.amount,
        fee: FEE,
        currency: charge.currency,
        source: id,
        description: `Chargeback withdrawal for ${charge.id}`,
        clock: charge.$clock,
    });
    const dispute = world.add({
        id,
        object: 'dispute',
        amount: charge.amount,
        balance_transactions: [movement],
        charge: charge.id,
        created: now,
        currency: charge.currency,
        enhanced_eligibility_types: [],
        evidence: { ...Object.fromEntries(EVIDENCE.map((key) => [key, null])), enhanced_evidence: {} },
        evidence_details: {
            due_by: now + ANSWER_SECONDS,
            enhanced_eligibility: {},
            has_evidence: false,
            past_due: false,
            submission_count: 0,
        },
        is_charge_refundable: false,
        livemode: false,
        metadata: {},
        payment_intent: charge.payment_intent,
        payment_method_details: {
            card: {
                brand: charge.payment_method_details.card.brand,
                case_type: 'chargeback',
                network: charge.payment_method_details.card.brand,
                network_reason_code: '10.4',
            },
            type: 'card',
        },
        reason,
        status: 'needs_response',
        $clock: charge.$clock,
    });
    world.change('charge.updated', charge, () => {
        charge.disputed = true;
    });
    world.emitEvent('charge.dispute.created', dispute);
    world.emitEvent('charge.dispute.funds_withdrawn', dispute);
    return dispute;
}

/** Won: the money and the fee come back. Lost: both stay away. */
export function decide(world, dispute, won) {
    if (dispute.status === 'won' || dispute.status === 'lost') throw invalid('This dispute is already closed');
    if (won) {
        dispute.balance_transactions.push(
            newMovement(world, {
                type: 'adjustment',
                category: 'dispute_reversal',
                amount: dispute.amount,
                fee: -FEE,
                currency: dispute.currency,
                source: dispute.id,
                description: `Chargeback reversal for ${dispute.charge}`,
                clock: dispute.$clock,
            }),
        );
    }
    dispute.status = won ? 'won' : 'lost';
    world.emitEvent('charge.dispute.closed', dispute);
    if (won) world.emitEvent('charge.dispute.funds_reinstated', dispute);
    return dispute;
}

function listAll({ world, p }) {
    const found = world
        .all('dispute')
        .filter(
            (each) =>
                matches(each, { charge: p.charge, payment_intent: p.payment_intent }) &&
                within(each.created, p.created),
        );
    return page(found, p, '/v1/disputes');
}

function answer({ world, p, at }) {
    const dispute = world.get('dispute', at.id);
    return world.change('charge.dispute.updated', dispute, () => {
        Object.assign(dispute.evidence, p.evidence);
        dispute.metadata = merged(dispute.metadata, p.metadata);
        if (p.evidence) dispute.evidence_details.has_evidence = true;
        if (p.submit !== false && p.evidence) {
            dispute.status = 'under_review';
            dispute.evidence_details.submission_count += 1;
        }
    });
}
