/** What is true of every page: accessible in both themes, one heading, a title, no sideways scrolling at 360 px. */

import { expectAccessible, expectNoSidewaysScroll } from '../support/accessible.ts';
import { alive } from '../support/alive.ts';
import { type DemoKey, signInAs } from '../support/people.ts';
import { expect, test } from '../support/test.ts';
import { LISTING, WIZARD } from '../support/wizard.ts';

interface PageType {
    address: string;
    as?: DemoKey;
    status?: number;
}

// The further steps of the wizard and the page of an installation are looked at while something is being installed.
const PAGES: PageType[] = [
    { address: '/' },
    { address: '/search?q=alert' },
    { address: '/search?installable=yes&sort=name&page=2' },
    { address: '/search?q=pagrduty' },
    { address: '/search?q=zzzqqqxxy' },
    { address: '/categories/monitoring' },
    { address: '/categories/incidents/alerting' },
    { address: '/partners/prometheus' },
    { address: LISTING },
    { address: `${LISTING}?tab=setup` },
    { address: `${LISTING}?tab=permissions` },
    { address: `${LISTING}?tab=releases` },
    { address: `${LISTING}?tab=reviews` },
    { address: `${LISTING}/review` },
    { address: '/integrations/jaeger' },
    { address: WIZARD },
    { address: '/sign-in' },
    { address: '/sign-in?error=expired' },
    { address: '/nothing-here', status: 404 },
    { address: '/integrations/nothing-here', status: 404 },
    { address: '/installed', status: 401 },
    { address: LISTING, as: 'admin' },
    { address: WIZARD, as: 'admin' },
    { address: WIZARD, as: 'member' },
    { address: '/installed', as: 'admin' },
    { address: '/partner', as: 'partner' },
    { address: '/partner/revenue', as: 'partner' },
    { address: '/partner/offers', as: 'partner' },
    { address: '/billing', as: 'admin' },
    { address: '/billing', as: 'billing' },
    { address: '/billing', as: 'member', status: 403 },
    { address: '/staff/requests', as: 'reviewer' },
    { address: '/staff/discovery', as: 'reviewer' },
    { address: '/coverage' },
    { address: '/staff/moderation', as: 'reviewer' },
];

for (const { address, as, status = 200 } of PAGES) {
    test(`${address} for ${as ?? 'a visitor'}`, async ({ page, watched, baseURL }) => {
        if (status !== 200) watched.expect(new RegExp(`responded with a status of ${status} .*\\(${baseURL}${address}\\)$`));
        if (as) await signInAs(page, as);
        const answer = await page.goto(address);
        expect(answer?.status()).toBe(status);
        await alive(page);
        await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
        await expect(page).toHaveTitle(/.+ · OpenConductor$/);
        // The filters stand open on a large screen, whatever their attribute says; axe goes by the attribute.
        await page.locator('details.facets').evaluateAll((all) => all.forEach((it) => it.setAttribute('open', '')));
        await expectAccessible(page);
        await page.setViewportSize({ width: 360, height: 780 });
        await expectNoSidewaysScroll(page);
    });
}
