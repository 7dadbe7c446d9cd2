/** Pictures of pages. */

import type { Page } from '@playwright/test';

export const SCREENS = [
    { width: 390, height: 844, isMobile: true, hasTouch: true },
    { width: 1440, height: 900, isMobile: false, hasTouch: false },
];

/** Takes the whole page, with everything on it loaded. */
export async function shoot(page: Page, path: string): Promise<void> {
    // Pictures below the first screen load when they come near it.
    await page.evaluate(() => document.querySelectorAll('img').forEach((img) => (img.loading = 'eager')));
    await page.waitForFunction(() => [...document.images].every((img) => img.complete));
    await page.screenshot({ path, fullPage: true, animations: 'disabled' });
}
