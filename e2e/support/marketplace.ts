/** The server under test. */

import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Payments } from './payments.ts';
import { type Environment, Folder, Program, freePort, runToEnd } from './process.ts';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Names the folder with a migrated and filled database, made once for the whole run. */
const TEMPLATE = 'E2E_TEMPLATE';

const binary = () => process.env.MARKETPLACE_BIN ?? join(repository, 'target/debug/marketplace');

const settings = (data: string): Environment & { MARKETPLACE_SITE: string } => ({
    MARKETPLACE_DATA: data,
    MARKETPLACE_SITE: process.env.MARKETPLACE_SITE ?? join(repository, 'target/site'),
    MARKETPLACE_CATALOG: process.env.MARKETPLACE_CATALOG ?? join(repository, 'catalog'),
    // What the caller's shell may hold is not ours.
    DATABASE_URL: undefined,
    MARKETPLACE_SIGN_IN: undefined,
    MARKETPLACE_WEBHOOK_URL: undefined,
    MARKETPLACE_STRIPE_KEY: undefined,
    MARKETPLACE_STRIPE_WEBHOOK_SECRET: undefined,
    MARKETPLACE_STRIPE_URL: undefined,
    RUST_LOG: process.env.RUST_LOG ?? 'warn',
});

/** Migrates and fills a database. Servers start from copies of it, which is much quicker. */
export function makeTemplate(): Folder {
    for (const [what, path, way] of [
        ['server', binary(), 'cargo build -p server'],
        ['browser files', join(settings('').MARKETPLACE_SITE, 'manifest.json'), 'cargo xtask web'],
    ] as const) {
        if (!existsSync(path)) throw new Error(`missing: the ${what} (${path}); run \`make e2e\`, or \`${way}\` first`);
    }
    const folder = new Folder();
    runToEnd(binary(), ['migrate'], settings(folder.path));
    runToEnd(binary(), ['seed'], settings(folder.path));
    runToEnd(binary(), ['seed', '--catalog', join(repository, 'catalog-demo')], settings(folder.path));
    process.env[TEMPLATE] = folder.path;
    return folder;
}

/** How a server differs from the plain demo. */
export interface Options {
    /** Private addresses that connections may call. */
    allowPrivate?: string;
    /** The server that mail is sent over. */
    smtp?: string;
    /** The name server that is asked for records. */
    nameServer?: string;
    /** The file with the issuers, given the server's own address. */
    signIn?: (url: string) => Promise<string>;
    /** Whether anything is sold; it is, unless this is `false`. */
    sells?: boolean;
}

/** A running marketplace with its own data. */
export class Marketplace {
    private constructor(
        readonly url: string,
        private readonly folder: Folder,
        private readonly program: Program,
        private readonly processor: Payments | undefined,
        private readonly env: Environment,
    ) {}

    /** What stands in for Stripe. */
    get payments(): Payments {
        if (!this.processor) throw new Error('this server sells nothing');
        return this.processor;
    }

    static async start({ allowPrivate = '', smtp, nameServer, signIn, sells = true }: Options = {}): Promise<Marketplace> {
        const template = process.env[TEMPLATE];
        if (!template) throw new Error('there is no template of the database; the global set-up makes it');
        const folder = new Folder();
        let processor: Payments | undefined;
        try {
            const data = folder.at('data');
            cpSync(template, data, { recursive: true });
            const listen = `127.0.0.1:${await freePort()}`;
            const url = `http://${listen}`;
            const env: Environment = {
                ...settings(data),
                MARKETPLACE_LISTEN: listen,
                MARKETPLACE_PUBLIC_URL: url,
                MARKETPLACE_ALLOW_PRIVATE: allowPrivate,
                MARKETPLACE_SMTP: smtp,
                MARKETPLACE_NAME_SERVER: nameServer,
                MARKETPLACE_MAIL_FROM: 'OpenConductor <no-reply@marketplace.example>',
            };
            if (sells) {
                processor = await Payments.start(url, folder);
                Object.assign(env, processor.settings());
            }
            if (signIn) {
                const file = folder.at('sign-in.toml');
                writeFileSync(file, await signIn(url));
                env.MARKETPLACE_SIGN_IN = file;
            }
            const program = await Program.start('marketplace', folder.at('log'), `${url}/readyz`, binary(), ['serve'], env);
            return new Marketplace(url, folder, program, processor, env);
        } catch (error) {
            await processor?.stop();
            folder.remove();
            throw error;
        }
    }

    /** Runs a command of the same binary on the same data, as an operator does. */
    run(...command: string[]): void {
        runToEnd(binary(), command, this.env);
    }

    async stop(): Promise<void> {
        await this.program.stop();
        await this.processor?.stop();
        this.folder.remove();
    }
}
