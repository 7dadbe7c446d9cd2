/** From the first page to a saved connection without a pointer. */

import type { Locator, Page } from '@playwright/test';
import { alive, open } from '../support/alive.ts';
import { NAMES } from '../support/people.ts';
import { expect, test } from '../support/test.ts';
import { NAME, Wizard, uninstallAll } from '../support/wizard.ts';

/** More steps than any page of the journey has. */
const MOST_STEPS = 60;

/** Presses Tab until the element has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
    await expect(target).toBeVisible();
    for (let step = 0; step < MOST_STEPS; step += 1) {
        await page.keyboard.press('Tab');
        const focused = await target.evaluate((element) => element === document.activeElement);
        if (focused) return;
    }
    throw new Error(`${String(target)} can't be reached with Tab`);
}

/** Whether the focused element, or the area that it stretches over, shows that it has the focus. */
async function focusIsVisible(page: Page): Promise<boolean> {
    return page.evaluate(() => {
        const focused = document.activeElement ?? document.body;
        const styles = [getComputedStyle(focused), getComputedStyle(focused, '::after')];
        return styles.some((style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
    });
}

test.afterEach(({ page }) => uninstallAll(page));

test('keyboard alone', async ({ page }) => {
    const wizard = new Wizard(page);
    await open(page, '/');

    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
    expect(await focusIsVisible(page)).toBe(true);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('main')).toBeFocused();

    const search = page.getByRole('combobox', { name: 'Search integrations' });
    await tabTo(page, search);
    await page.keyboard.type('alertmanager');
    await expect(page.getByRole('option', { name: NAME })).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await expect(search).not.toHaveAttribute('aria-activedescendant');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL('/search?q=alertmanager');

    await tabTo(page, page.getByRole('link', { name: NAME }));
    expect(await focusIsVisible(page)).toBe(true);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: NAME })).toBeFocused();

    await tabTo(page, page.getByRole('link', { name: 'Install', exact: true }));
    await page.keyboard.press('Enter');
    await expect(wizard.heading('Review what it will do')).toBeFocused();
    await tabTo(page, page.getByRole('link', { name: 'Sign in to install' }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('button', { name: NAMES.admin }));
    await page.keyboard.press('Enter');

    await expect(wizard.heading('Review what it will do')).toBeVisible();
    await alive(page);
    await tabTo(page, page.getByRole('button', { name: `Install ${NAME}` }));
    await page.keyboard.press('Enter');
    await expect(wizard.heading(`Connect ${NAME}`)).toBeFocused();

    await tabTo(page, page.getByRole('button', { name: 'Save and test' }));
    await page.keyboard.press('Enter');
    const summary = page.getByRole('alert');
    await expect(summary).toBeFocused();
    await tabTo(page, summary.getByRole('link', { name: 'Fill in “Alertmanager URL”.' }));
    await page.keyboard.press('Enter');
    await expect(wizard.address()).toBeFocused();
    expect(await focusIsVisible(page)).toBe(true);
    await page.keyboard.type('http://127.0.0.1:9');
    await page.keyboard.press('Enter');
    await expect(wizard.heading('Test the connection')).toBeFocused();
});
