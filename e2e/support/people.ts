/** Signing in. */

import { type Page, expect } from '@playwright/test';
import { logInAtIssuer } from './issuer.ts';

/** Accounts of the demo, by their key. */
export const NAMES = {
    admin: 'Ada Admin',
    member: 'Max Member',
    partner: 'Paula Partner',
    reviewer: 'Rita Reviewer',
    billing: 'Bo Billing',
    seller: 'Freya Fjord',
} as const;

export type DemoKey = keyof typeof NAMES;

/** Signs in without looking at the sign-in page, which has its own test. */
export async function signInAs(page: Page, key: DemoKey): Promise<void> {
    const answer = await page.request.post('/auth/demo', { form: { key, return_to: '/robots.txt' } });
    expect(answer.ok(), `signing in as ${key}`).toBe(true);
}

/** Presses the issuer's button on the sign-in page, logs in there, and comes back. */
export async function signInWithIssuer(page: Page, login: string): Promise<void> {
    await page.getByRole('button', { name: 'Continue with Northwind SSO' }).click();
    await logInAtIssuer(page, login);
}

/** A login that nobody has used before, so that its organization is empty. */
export function newLogin(): string {
    return `mara${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
}
