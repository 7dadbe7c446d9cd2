/** Errors as Stripe words them. */

export class StripeError extends Error {
    /**
     * @param {number} status HTTP status
     * @param {string} message
     * @param {Record<string, unknown>} [fields] type, code, param, decline_code, payment_intent ...
     */
    constructor(status, message, fields = {}) {
        super(message);
        this.status = status;
        const code = fields.code;
        const docs = code
            ? { doc_url: `https://stripe.com/docs/error-codes/${String(code).replaceAll('_', '-')}` }
            : {};
        this.body = { error: { type: 'invalid_request_error', message, ...docs, ...fields } };
    }
}

/** A value that Stripe would not take. */
export function invalid(message, param, code) {
    return new StripeError(400, message, { ...(code ? { code } : {}), ...(param ? { param } : {}) });
}

export function missing(kind, id, param = 'id') {
    const name = kind.replaceAll('.', ' ').replaceAll('_', ' ');
    return new StripeError(404, `No such ${name}: '${id}'`, { code: 'resource_missing', param });
}

export function unknownRoute(method, path) {
    return new StripeError(404, `Unrecognized request URL (${method}: ${path}).`);
}

/** A bank said no. */
export function declined(fields = {}) {
    return new StripeError(402, 'Your card was declined.', {
        type: 'card_error',
        code: 'card_declined',
        decline_code: 'generic_decline',
        ...fields,
    });
}
