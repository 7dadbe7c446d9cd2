/**
 * The coverage map: reads configuration in the browser. From the moment the page is there, no request carries anything of
 * the files; in fact there is no request at all.
 */

import { readFileSync } from 'node:fs';
import type { Page, Request } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../support/accessible.ts';
import { open } from '../support/alive.ts';
import { signInAs } from '../support/people.ts';
import { expect, test } from '../support/test.ts';
import { uninstallAll } from '../support/wizard.ts';

/** Stands in every fixture, where a name or a comment would: must never be seen on the wire. */
const MARKER = 'quokka-7f3a9';

const NAMES = ['otel-collector.yaml', 'prometheus.yml', 'alertmanager.yml', 'main.tf', 'shop.k8s.yaml', 'docker-compose.yml'];
const path = (name: string) => new URL(`../fixtures/coverage/${name}`, import.meta.url).pathname;
const FILES = NAMES.map(path);

/** Every request from now on. */
function log(page: Page): Request[] {
    const requests: Request[] = [];
    page.on('request', (request) => requests.push(request));
    return requests;
}

/** Nothing was sent, in whatever way: not even a picture was asked for, which would tell what the files mention. */
async function expectNothingSent(page: Page, requests: Request[]): Promise<void> {
    await page.waitForLoadState('networkidle');
    const lines = requests.map((it) => `${it.method()} ${it.url()} ${it.postData() ?? ''} ${JSON.stringify(it.headers())}`);
    expect(lines.join('\n'), 'no request carries what is in the files').not.toContain(MARKER);
    expect(lines, 'no request at all').toEqual([]);
}

const section = (page: Page, name: string) =>
    page.locator('section').filter({ has: page.getByRole('heading', { name, level: 2 }) });

test('the fixtures hold the word that must not leave', () => {
    for (const file of FILES) expect(readFileSync(file, 'utf8'), file).toContain(MARKER);
});

test('a real Collector file is read in the browser, and nothing is uploaded', async ({ page }) => {
    await open(page, '/coverage');
    await expect(page.getByText('Nothing leaves this page.')).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await page.waitForLoadState('networkidle');
    const requests = log(page);
    await page.getByLabel('Choose files').setInputFiles(path('otel-collector.yaml'));

    await expect(page.getByRole('status')).toContainText('technologies in 1 file');
    const gaps = section(page, 'Gaps');
    await expect(gaps).toContainText('The pipeline logs leads nowhere');
    await expect(gaps).toContainText('otel-collector.yaml, line 65');
    await expect(gaps).toContainText('The receiver zipkin is in no pipeline');
    const mentioned = section(page, 'Mentioned');
    await expect(mentioned.getByRole('listitem').filter({ hasText: 'Honeycomb' }).first()).toContainText('host api.honeycomb.io');
    await expect(mentioned.getByRole('listitem').filter({ hasText: 'Datadog' }).first()).toContainText('exporter datadog');
    await expect(mentioned.getByRole('link', { name: 'Install Datadog' })).toHaveAttribute('href', '/integrations/datadog/install');
    await expect(page.getByRole('row', { name: /Tracing.*Grafana Tempo/ })).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await expectNothingSent(page, requests);
});

test('several files together: overlaps, gaps, what nobody knows', async ({ page }) => {
    await open(page, '/coverage');
    await page.waitForLoadState('networkidle');
    const requests = log(page);
    await page.getByLabel('Choose files').setInputFiles(FILES);
    await expect(page.getByRole('status')).toContainText(`in ${FILES.length} files`);
    for (const kind of ['OpenTelemetry Collector', 'Prometheus', 'Alertmanager', 'Terraform', 'Kubernetes', 'Docker Compose']) {
        await expect(section(page, 'Files')).toContainText(kind);
    }
    const twice = section(page, 'Done twice');
    await expect(twice.getByRole('heading', { name: 'Opsgenie and PagerDuty both page whoever is on call' })).toBeVisible();
    await expect(twice).toContainText('alertmanager.yml, line');
    await expect(section(page, 'Gaps')).toContainText('The receiver old-desk is never told');
    for (const name of ['Argo CD', 'Amazon EKS', 'Sentry', 'Keycloak', 'Gitea', 'Fluent Bit', 'HashiCorp Vault', 'Slack', 'New Relic']) {
        await expect(section(page, 'Mentioned').getByRole('heading', { name, exact: true })).toBeVisible();
    }
    await page.getByText(/names? that we don’t know/).click();
    await expect(page.getByText(`${MARKER}/shop`)).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await page.setViewportSize({ width: 360, height: 780 });
    await expectNoSidewaysScroll(page);

    await page.getByRole('button', { name: 'Forget otel-collector.yaml' }).click();
    await expect(page.getByRole('status')).toContainText(`in ${FILES.length - 1} files`);
    await expect(section(page, 'Gaps')).not.toContainText('The pipeline logs leads nowhere');
    await page.getByRole('button', { name: 'Forget all' }).click();
    await expect(page.getByRole('heading', { name: 'Mentioned' })).toHaveCount(0);
    await expectNothingSent(page, requests);
});

test('a pasted text, a file that is none of these, and one that is too large', async ({ page }) => {
    await open(page, '/coverage');
    await page.waitForLoadState('networkidle');
    const requests = log(page);
    await page.getByText('Paste a text instead').click();
    const text = `# ${MARKER}\nroute: {receiver: a}\nreceivers:\n  - name: a\n    pagerduty_configs: [{routing_key: ${MARKER}}]\n`;
    await page.getByLabel('Text of a configuration file').fill(text);
    await page.getByRole('button', { name: 'Read it here' }).click();
    await expect(section(page, 'Mentioned').getByRole('heading', { name: 'PagerDuty' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Forget Pasted text 1' })).toBeVisible();
    await page.getByLabel('Choose files').setInputFiles([
        { name: 'notes.json', mimeType: 'application/json', buffer: Buffer.from(`{"${MARKER}": 1}`) },
        { name: 'huge.yaml', mimeType: 'text/yaml', buffer: Buffer.alloc(2 * 1024 * 1024 + 1, `# ${MARKER}\n`) },
    ]);
    await expect(section(page, 'Files')).toContainText('Not recognised');
    await expect(page.getByRole('alert')).toContainText('huge.yaml was not read: it is larger than 2 MB.');
    await expectNothingSent(page, requests);
});

test('what is installed is covered', async ({ page }) => {
    await signInAs(page, 'admin');
    await uninstallAll(page);
    const { origin } = new URL((await page.request.get('/robots.txt')).url());
    const begun = await page.request.post('/api/fn/begin_install', {
        form: { listing: 'pagerduty' },
        headers: { accept: 'application/json', origin },
        maxRedirects: 0,
    });
    expect(begun.status(), await begun.text()).toBeLessThan(400);
    await open(page, '/installed');
    await expect(page.getByRole('heading', { name: 'For your stack' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('main').getByRole('link', { name: 'coverage map' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Coverage map' })).toBeFocused();
    await page.getByRole('button', { name: 'Try invented samples' }).click();
    const pagerduty = section(page, 'Mentioned').getByRole('listitem').filter({ hasText: 'PagerDuty' }).first();
    await expect(pagerduty).toContainText('Covered');
    await expect(pagerduty.getByRole('link', { name: /^See how it does.*PagerDuty$/ })).toBeVisible();
    await expect(section(page, 'Files')).toContainText('sample-collector.yaml');
    await uninstallAll(page);
});

test('a listing and a category say what goes well and why', async ({ page }) => {
    await open(page, '/integrations/alertmanager');
    const with_ = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Goes well with' }) });
    await expect(with_).toContainText('In the collection “Kubernetes on-call starter”');
    await expect(with_).toContainText('Too few organizations run it');
    await expect(page.locator('section').filter({ has: page.getByRole('heading', { name: 'Similar integrations' }) })).toContainText('Also in');
    await expectAccessible(page);
    await open(page, '/categories/incidents/alerting');
    await expect(page.getByRole('heading', { name: 'Trending in this category' })).toBeVisible();
    await expect(page.getByText('Too few installations lately to speak of a trend')).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
});

test.describe('without scripts', () => {
    test.use({ javaScriptEnabled: false });
    test.beforeEach(({ watched }) => watched.expect(/was preloaded using link preload but not used/));

    test('the page says why it can do nothing', async ({ page }) => {
        await page.goto('/coverage');
        await expect(page.getByText('This page needs its script')).toBeVisible();
        await expect(page.getByText('Choose files')).toBeHidden();
    });
});
