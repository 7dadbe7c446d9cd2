/** The installation wizard of the Alertmanager, as a person sees it. */

import { type Page, expect } from '@playwright/test';
import { parse } from 'yaml';
import type { AlertmanagerConfig } from './monitoring.ts';

export const NAME = 'Prometheus Alertmanager';
export const LISTING = '/integrations/alertmanager';
export const WIZARD = `${LISTING}/install`;

export class Wizard {
    constructor(private readonly page: Page) {}

    heading(name: string) {
        return this.page.getByRole('heading', { level: 1, name });
    }

    address() {
        return this.page.getByLabel('Alertmanager URL');
    }

    /** From Review to Connect. */
    async begin(): Promise<void> {
        await this.page.getByRole('button', { name: `Install ${NAME}` }).click();
        await expect(this.heading(`Connect ${NAME}`)).toBeVisible();
    }

    /** Fills in Connect and sends it. */
    async connect(url: string): Promise<void> {
        await this.address().fill(url);
        await this.page.getByRole('button', { name: 'Save and test' }).click();
    }

    /** From Connect to a test that went well. */
    async test(): Promise<void> {
        await expect(this.heading('Test the connection')).toBeVisible();
        await this.page.getByRole('button', { name: /^Test (connection|again)$/ }).click();
        await expect(this.page.getByRole('heading', { name: 'The connection works' })).toBeVisible();
    }

    /** From Test to Prove. */
    async goOn(): Promise<void> {
        await this.page.getByRole('link', { name: 'Go on to the proof' }).click();
        await expect(this.heading('Prove that data flows')).toBeVisible();
    }

    /** The receiver that Prove says to paste. */
    async receiver(): Promise<AlertmanagerConfig> {
        const text = await this.page.getByRole('region', { name: 'Set-up text' }).innerText();
        return parse(text) as AlertmanagerConfig;
    }

    async sendTestEvent(): Promise<void> {
        await this.page.getByRole('button', { name: 'Send a test event' }).click();
    }
}

/** The address in a receiver that Alertmanager delivers to. */
export function webhookOf(receiver: AlertmanagerConfig): string {
    const [first] = receiver.receivers as { webhook_configs: { url: string }[] }[];
    return first?.webhook_configs[0]?.url ?? '';
}

/** Uninstalls whatever the signed-in person's organization has installed. */
export async function uninstallAll(page: Page): Promise<void> {
    const list = await page.request.get('/installed');
    const { origin } = new URL(list.url());
    for (const [, id] of (await list.text()).matchAll(/href="\/installed\/(ins_[^"]+)"/g)) {
        await page.request.post('/api/fn/uninstall', { form: { id: id ?? '' }, headers: { origin }, maxRedirects: 0 });
    }
}
