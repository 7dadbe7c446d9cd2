/** The mail server that the marketplace sends over. */

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import { Folder, Program, freePort } from './process.ts';

const SCRIPT = fileURLToPath(new URL('smtp.mjs', import.meta.url));

interface Mail {
    to: string;
    subject: string;
    text: string;
}

/** A running mail server and what it was given. */
export class MailServer {
    private constructor(
        readonly url: string,
        private readonly file: string,
        private readonly folder: Folder,
        private readonly program: Program,
    ) {}

    static async start(): Promise<MailServer> {
        const folder = new Folder();
        const [port, ready] = [await freePort(), await freePort()];
        const file = folder.at('mail.jsonl');
        const args = [SCRIPT, String(port), String(ready), file];
        const program = await Program.start('smtp', folder.at('log'), `http://127.0.0.1:${ready}/`, process.execPath, args, {});
        return new MailServer(`smtp://127.0.0.1:${port}`, file, folder, program);
    }

    private all(): Mail[] {
        if (!existsSync(this.file)) return [];
        return readFileSync(this.file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Mail);
    }

    /** The text of the last mail to an address; waits until there is one. */
    async last(to: string): Promise<string> {
        const found = () => this.all().filter((mail) => mail.to === to).at(-1)?.text ?? '';
        await expect.poll(found, { message: `a mail to ${to}`, timeout: 20_000 }).not.toBe('');
        return found();
    }

    async stop(): Promise<void> {
        await this.program.stop();
        this.folder.remove();
    }
}
