/** Automatic accessibility checks. */

import AxeBuilder from '@axe-core/playwright';
import { type Page, expect } from '@playwright/test';

/** The rules that look at colours. Everything else is the same in both themes. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe finds by its rules for WCAG 2.2 AA and good practice, in both themes. */
export async function expectAccessible(page: Page): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
        // Half-way through a transition, colours are neither one theme's nor the other's.
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const axe = new AxeBuilder({ page });
        if (colorScheme === 'dark') axe.withRules(COLOURS);
        const { violations } = await axe.analyze();
        const found = violations.map((it) => ({ rule: it.id, help: it.help, where: it.nodes.map((node) => node.html) }));
        expect(found, `accessibility of ${page.url()}, ${colorScheme}`).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: null });
}

/** The page is not wider than the screen. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
    const width = await page.evaluate(() => document.scrollingElement?.scrollWidth ?? Infinity);
    expect(width, `width of ${page.url()}`).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
}
