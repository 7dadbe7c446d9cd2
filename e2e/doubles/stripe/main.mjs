// A small Stripe with a memory, for tests and for trying things out. See README.md.
//
//   node main.mjs --port 0 [--webhook <address>] [--secret whsec_...]

import { parseArgs } from 'node:util';
import { Double } from './server.mjs';

const { values } = parseArgs({
    options: {
        port: { type: 'string', default: '0' },
        webhook: { type: 'string' },
        secret: { type: 'string', default: 'whsec_double' },
    },
});

const double = new Double(values.webhook ? { url: values.webhook, secret: values.secret } : undefined);
const url = await double.listen(Number(values.port));
console.log(JSON.stringify({ url, secret: values.secret }));

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => double.close());
