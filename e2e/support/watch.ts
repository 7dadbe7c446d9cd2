/** Collects what the browser complains about on our pages. */

import type { BrowserContext } from '@playwright/test';

export class Watch {
    private readonly complaints: string[] = [];
    private readonly expected: RegExp[] = [];

    /** Begins to watch all pages of a context. Complaints about other sites, such as the issuer's pages, do not count. */
    follow(context: BrowserContext, origin: string): void {
        context.on('console', (message) => {
            if (message.type() !== 'error' && message.type() !== 'warning') return;
            const { url } = message.location();
            const page = message.page()?.url() ?? '';
            if (![url, page].some((address) => address.startsWith(origin))) return;
            this.complaints.push(`${message.type()}: ${message.text()} (${url || page})`);
        });
        context.on('weberror', (error) => this.complaints.push(`exception: ${String(error.error())}`));
    }

    /** A complaint that belongs to what a test does, such as the answer 404 to an address that is wrong on purpose. */
    expect(complaint: RegExp): void {
        this.expected.push(complaint);
    }

    /** What nobody expected. */
    unexpected(): string[] {
        return this.complaints.filter((complaint) => !this.expected.some((it) => it.test(complaint)));
    }
}
