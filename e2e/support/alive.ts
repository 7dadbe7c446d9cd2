/** Whether a page has been taken over by its script. Until then it works too, but each click loads a document. */

import { type Page, expect } from '@playwright/test';

declare global {
    interface Window {
        /** Set by a test; gone when another document was loaded. */
        sameDocument?: boolean;
    }
}

/** Waits until the page is alive: then it says so on its root. */
export async function alive(page: Page): Promise<void> {
    await page.locator('html[data-alive]').waitFor({ state: 'attached' });
}

/** Opens an address and waits until the page is alive. */
export async function open(page: Page, address: string): Promise<void> {
    await page.goto(address);
    await alive(page);
}

/** Remembers the document that is loaded now; the function it gives checks that it still is. */
export async function stayInDocument(page: Page): Promise<() => Promise<void>> {
    await page.evaluate(() => {
        window.sameDocument = true;
    });
    return async () => expect(await page.evaluate(() => window.sameDocument), 'no other document was loaded').toBe(true);
}
