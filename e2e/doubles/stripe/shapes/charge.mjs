/** Charges, paid or refused. */

export function newCharge(world, intent, method, paid) {
    const id = world.id('ch');
    return world.add({
        id,
        object: 'charge',
        amount: intent.amount,
        amount_captured: paid ? intent.amount : 0,
        amount_refunded: 0,
        application: null,
        application_fee: null,
        application_fee_amount: null,
        balance_transaction: null,
        billing_details: method.billing_details,
        calculated_statement_descriptor: 'STRIPE DOUBLE',
        captured: paid,
        created: world.now(intent.$clock),
        currency: intent.currency,
        customer: intent.customer,
        description: intent.description,
        disputed: false,
        failure_balance_transaction: null,
        failure_code: paid ? null : 'card_declined',
        failure_message: paid ? null : 'Your card was declined.',
        fraud_details: {},
        livemode: false,
        metadata: intent.metadata,
        on_behalf_of: null,
        outcome: outcome(paid),
        paid,
        payment_intent: intent.id,
        payment_method: method.id,
        payment_method_details: { card: cardDetails(intent, method), type: 'card' },
        receipt_email: null,
        receipt_number: null,
        receipt_url: paid ? `${world.url}/receipts/${id}` : null,
        refunded: false,
        review: null,
        shipping: null,
        source: null,
        source_transfer: null,
        statement_descriptor: null,
        statement_descriptor_suffix: null,
        status: paid ? 'succeeded' : 'failed',
        transfer_data: null,
        transfer_group: intent.transfer_group,
        $clock: intent.$clock,
    });
}

function outcome(paid) {
    return {
        advice_code: paid ? null : 'try_again_later',
        network_advice_code: null,
        network_decline_code: null,
        network_status: paid ? 'approved_by_network' : 'declined_by_network',
        reason: paid ? null : 'generic_decline',
        risk_level: 'normal',
        risk_score: 20,
        seller_message: paid ? 'Payment complete.' : 'The bank did not return any further details with this decline.',
        type: paid ? 'authorized' : 'issuer_declined',
    };
}

function cardDetails(intent, method) {
    const { brand, checks, country, exp_month, exp_year, fingerprint, funding, last4 } = method.card;
    return {
        amount_authorized: intent.amount,
        authorization_code: null,
        brand,
        checks,
        country,
        exp_month,
        exp_year,
        extended_authorization: { status: 'disabled' },
        fingerprint,
        funding,
        incremental_authorization: { status: 'unavailable' },
        installments: null,
        last4,
        mandate: null,
        multicapture: { status: 'unavailable' },
        network: brand,
        network_token: { used: false },
        network_transaction_id: null,
        overcapture: { maximum_amount_capturable: intent.amount, status: 'unavailable' },
        regulated_status: 'unregulated',
        three_d_secure: null,
        transaction_link_id: null,
        wallet: null,
    };
}
