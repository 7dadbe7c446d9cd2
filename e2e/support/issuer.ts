/** The issuer that people sign in with. */

import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { Folder, Program, freePort } from './process.ts';

const SCRIPT = fileURLToPath(new URL('issuer.mjs', import.meta.url));

/** A running issuer for one marketplace. */
export class Issuer {
    private constructor(
        readonly url: string,
        private readonly folder: Folder,
        private readonly program: Program,
    ) {}

    /** For one marketplace, which calls it by `key`. */
    static async start(marketplace: string, key = 'corporate'): Promise<Issuer> {
        const folder = new Folder();
        const port = await freePort();
        const url = `http://127.0.0.1:${port}`;
        const ready = `${url}/.well-known/openid-configuration`;
        const args = [SCRIPT, String(port), `${marketplace}/auth/${key}/callback`];
        const program = await Program.start('issuer', folder.at('log'), ready, process.execPath, args, { NO_COLOR: '1' });
        return new Issuer(url, folder, program);
    }

    /** What the marketplace has to know of it. */
    configuration(): string {
        return [
            '[[issuer]]',
            'key = "corporate"',
            'name = "Northwind SSO"',
            `issuer = "${this.url}"`,
            'client_id = "marketplace"',
            'client_secret = "marketplace-secret"',
            '',
        ].join('\n');
    }

    async stop(): Promise<void> {
        await this.program.stop();
        this.folder.remove();
    }
}

/** Fills in the issuer's own pages: the login, and what the marketplace may know. */
export async function logInAtIssuer(page: Page, login: string): Promise<void> {
    await enterLogin(page, login);
    await page.getByRole('button', { name: 'Continue' }).click();
}

/** Fills in the login, and waits for the question of what the marketplace may know. */
export async function enterLogin(page: Page, login: string): Promise<void> {
    await page.getByPlaceholder('Enter any login').fill(login);
    await page.getByPlaceholder('and password').fill('any');
    await page.getByRole('button', { name: 'Sign-in' }).click();
    await page.getByRole('button', { name: 'Continue' }).waitFor();
}
