// A small Stripe with a memory, for tests and for trying things out. See README.md.
//
//   node main.mjs --port 0 [--webhook <address>] [--secret whsec_...] [--state <file>]

import { parseArgs } from 'node:util';
import { Double } from './server.mjs';

const { values } = parseArgs({
    options: {
        port: { type: 'string', default: '0' },
        webhook: { type: 'string' },
        secret: { type: 'string', default: 'whsec_double' },
        state: { type: 'string' },
    },
});

const webhook = values.webhook ? { url: values.webhook, secret: values.secret } : undefined;
const double = new Double(webhook, values.state);
const url = await double.listen(Number(values.port));
console.log(JSON.stringify({ url, secret: values.secret }));

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => double.close());
