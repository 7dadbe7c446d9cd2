/** Sessions of the billing portal. Its page is in `pages/`. */

import { oneOf, required, text } from '../http/params.mjs';
import { liveCustomer } from './customers.mjs';

const PORTAL = {
    configuration: text,
    customer: required(text),
    flow_data: {
        type: required(oneOf('payment_method_update')),
        after_completion: {
            type: oneOf('redirect', 'portal_homepage', 'hosted_confirmation'),
            redirect: { return_url: text },
        },
    },
    locale: text,
    return_url: text,
};

/** @type {import('../http/router.mjs').Route[]} */
export const portal = [['POST', '/v1/billing_portal/sessions', PORTAL, createPortal]];

function createPortal({ world, p }) {
    const customer = liveCustomer(world, p.customer);
    const id = world.id('bps');
    return world.add({
        id,
        object: 'billing_portal.session',
        configuration: p.configuration ?? 'bpc_00000001',
        created: world.now(null),
        customer: customer.id,
        customer_account: null,
        flow: p.flow_data
            ? {
                  after_completion: {
                      hosted_confirmation: null,
                      redirect: p.flow_data.after_completion?.redirect ?? null,
                      type: p.flow_data.after_completion?.type ?? 'portal_homepage',
                  },
                  subscription_cancel: null,
                  subscription_update: null,
                  subscription_update_confirm: null,
                  type: p.flow_data.type,
              }
            : null,
        livemode: false,
        locale: p.locale ?? null,
        on_behalf_of: null,
        return_url: p.return_url ?? null,
        url: `${world.url}/p/session/${id}`,
    });
}
