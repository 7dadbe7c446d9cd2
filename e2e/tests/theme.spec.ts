/** Light, dark, or as the system says. */

import type { Page } from '@playwright/test';
import { open } from '../support/alive.ts';
import { expect, test } from '../support/test.ts';

const background = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

async function choose(page: Page, theme: 'system' | 'light' | 'dark'): Promise<void> {
    await page.getByRole('button', { name: `Theme: ${theme}` }).click();
    await expect(page.getByRole('button', { name: `Theme: ${theme}` })).toHaveAttribute('aria-pressed', 'true');
}

test('a chosen theme stays, and is there from the first paint on', async ({ page }) => {
    await open(page, '/search?q=alert');
    const light = await background(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await background(page);
    expect(dark).not.toBe(light);

    await choose(page, 'light');
    await expect(page).toHaveURL('/search?q=alert');
    expect(await background(page), 'light although the system is dark').toBe(light);

    await page.emulateMedia({ colorScheme: 'light' });
    await choose(page, 'dark');
    await expect(page).toHaveURL('/search?q=alert');
    expect(await background(page), 'dark although the system is light').toBe(dark);

    for (const address of ['/', '/integrations/alertmanager', '/sign-in']) {
        // The document itself says so, before any script: nothing can flash.
        const document = await page.request.get(address);
        expect(await document.text(), address).toMatch(/<html[^>]* data-theme="dark"/);
    }
    await open(page, '/');
    expect(await background(page)).toBe(dark);

    await choose(page, 'system');
    expect(await background(page)).toBe(light);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await background(page)).toBe(dark);
    await expect(page.locator('html')).not.toHaveAttribute('data-theme');
});
