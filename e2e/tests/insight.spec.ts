/** What people look for is counted, without anything about them, and shown to staff. */

import type { Request } from '@playwright/test';
import { expectAccessible } from '../support/accessible.ts';
import { open } from '../support/alive.ts';
import { signInAs } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const isCount = (request: Request) => request.url().endsWith('/api/fn/happened');
const told = (request: Request) => (request.postDataJSON() as { it: { deed: string; text: string; position: number } }).it;

test('a search, the result that was opened and the look at it are counted', async ({ page, anotherBrowser, isMobile }) => {
    // Both screens run against one marketplace.
    const query = isMobile ? 'team chat' : 'status page';
    const search = page.waitForRequest((request) => isCount(request) && told(request).deed === 'search');
    await open(page, `/search?q=${encodeURIComponent(query)}`);
    expect(told(await search)).toEqual({ deed: 'search', text: query, position: 0 });
    const opened = page.waitForRequest((request) => isCount(request) && told(request).deed === 'open');
    const viewed = page.waitForRequest((request) => isCount(request) && told(request).deed === 'view');
    await page.getByRole('main').getByRole('listitem').getByRole('heading', { level: 2 }).getByRole('link').first().click();
    expect(told(await opened)).toEqual({ deed: 'open', text: query, position: 1 });
    expect((await (await viewed).response())?.status()).toBe(200);

    const reviewer = await anotherBrowser();
    await signInAs(reviewer, 'reviewer');
    await open(reviewer, '/staff/discovery');
    const line = reviewer.getByRole('region', { name: 'Searched for most' }).getByRole('row').filter({ hasText: query });
    await expect(line).toHaveText(new RegExp(`^${query} ?[1-9]\\d* ?[1-9]\\d*$`));
    await expectAccessible(reviewer);
});
