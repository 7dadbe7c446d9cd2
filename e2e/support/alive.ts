/** Whether a page has been taken over by its script. Until then it works too, but each click loads a document. */

import { type BrowserContext, type Page, expect } from '@playwright/test';

declare global {
    interface Window {
        /** The router has begun to follow Back and Forward. */
        routed?: boolean;
        /** Set by a test; gone when another document was loaded. */
        sameDocument?: boolean;
    }
}

/** Lets pages of this context say when they are alive: the router listens to `popstate` from then on. */
export async function markWhenAlive(context: BrowserContext): Promise<void> {
    await context.addInitScript(() => {
        const original = EventTarget.prototype.addEventListener;
        EventTarget.prototype.addEventListener = function (this: EventTarget, ...args: Parameters<typeof original>) {
            if (this === window && args[0] === 'popstate') window.routed = true;
            return original.apply(this, args);
        };
    });
}

/** Waits until the page is alive. */
export async function alive(page: Page): Promise<void> {
    await page.waitForFunction(() => window.routed === true);
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
