/** Every call that the double answers. */

import { accounts } from './accounts.mjs';
import { charges } from './charges.mjs';
import { checkout } from './checkout.mjs';
import { clocks } from './clocks.mjs';
import { coupons } from './coupons.mjs';
import { customers } from './customers.mjs';
import { disputes } from './disputes.mjs';
import { events } from './events.mjs';
import { invoices } from './invoices.mjs';
import { meterEvents } from './meter-events.mjs';
import { meters } from './meters.mjs';
import { paymentMethods } from './payment-methods.mjs';
import { payouts } from './payouts.mjs';
import { portal } from './portal.mjs';
import { prices } from './prices.mjs';
import { products } from './products.mjs';
import { refunds } from './refunds.mjs';
import { subscriptions } from './subscriptions.mjs';
import { taxIds } from './tax-ids.mjs';
import { transfers } from './transfers.mjs';

export const routes = [
    ...products,
    ...prices,
    ...customers,
    ...taxIds,
    ...paymentMethods,
    ...coupons,
    ...checkout,
    ...subscriptions,
    ...invoices,
    ...charges,
    ...refunds,
    ...disputes,
    ...meters,
    ...meterEvents,
    ...accounts,
    ...transfers,
    ...payouts,
    ...portal,
    ...clocks,
    ...events,
];
