/** Lighthouse on an emulated phone. Simulated throttling makes the figures depend little on the machine. */

import { availableParallelism, loadavg } from 'node:os';
import { chromium } from '@playwright/test';
import lighthouse from 'lighthouse';
import { CHROMIUM, CHROMIUM_ARGS } from '../support/browser.ts';
import { freePort } from '../support/process.ts';
import { expect, test } from '../support/test.ts';
import { LISTING, WIZARD } from '../support/wizard.ts';

/** The best of so many runs counts: another process on the machine can only make a run worse. */
const ATTEMPTS = 3;

/** Blocking time is to be 150 ms and performance 97 on every page; what is above that is held where it is. */
interface Limits {
    tbt: number;
    performance: number;
}

const HELD: Limits = { tbt: 250, performance: 0.95 };
/** The listing's download holds the reviews too, until they are one of their own. */
const HELD_LISTING: Limits = { tbt: 320, performance: 0.92 };

interface Measured {
    page: string;
    address: string;
    /** The wizard is private from its second step on and asks search engines to leave it out, which Lighthouse marks down. */
    indexed: boolean;
    limits: Limits;
}

const PAGES: Measured[] = [
    { page: 'home', address: '/', indexed: true, limits: HELD },
    { page: 'search', address: '/search?q=alerts', indexed: true, limits: HELD },
    { page: 'listing', address: LISTING, indexed: true, limits: HELD_LISTING },
    { page: 'wizard', address: WIZARD, indexed: false, limits: HELD },
];

interface Figures {
    performance: number;
    accessibility: number;
    bestPractices: number;
    seo: number;
    cls: number;
    tbt: number;
    fcp: number;
    lcp: number;
    /** Audits that did not pass, for the message. */
    faults: string[];
}

async function measure(url: string): Promise<Figures> {
    const port = await freePort();
    const args = [...CHROMIUM_ARGS, '--disable-gpu', `--remote-debugging-port=${port}`];
    const browser = await chromium.launch({ executablePath: CHROMIUM, args });
    try {
        const result = await lighthouse(url, { port, output: 'json', logLevel: 'error' });
        if (!result) throw new Error('Lighthouse gave no result');
        const { lhr } = result;
        if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
        const score = (category: string) => lhr.categories[category]?.score ?? 0;
        const value = (audit: string) => lhr.audits[audit]?.numericValue ?? Infinity;
        const scored = ['accessibility', 'best-practices', 'seo'].flatMap((it) => lhr.categories[it]?.auditRefs ?? []);
        const failed = scored.filter((it) => it.weight > 0 && (lhr.audits[it.id]?.score ?? 1) < 1);
        return {
            performance: score('performance'),
            accessibility: score('accessibility'),
            bestPractices: score('best-practices'),
            seo: score('seo'),
            cls: value('cumulative-layout-shift'),
            tbt: value('total-blocking-time'),
            fcp: value('first-contentful-paint'),
            lcp: value('largest-contentful-paint'),
            faults: failed.map((it) => `${it.id}: ${lhr.audits[it.id]?.title}`),
        };
    } finally {
        await browser.close();
    }
}

/** What must hold. */
function shortcomings(figures: Figures, { indexed, limits: held }: Measured): string[] {
    const limits: [string, boolean][] = [
        [`accessibility ${figures.accessibility} < 1`, figures.accessibility === 1],
        [`best practices ${figures.bestPractices} < 1`, figures.bestPractices === 1],
        [`SEO ${figures.seo} < 1`, !indexed || figures.seo === 1],
        [`layout shift ${figures.cls} > 0.02`, figures.cls <= 0.02],
        [`performance ${figures.performance} < ${held.performance}`, figures.performance >= held.performance],
        [`blocking time ${Math.round(figures.tbt)} ms > ${held.tbt} ms`, figures.tbt <= held.tbt],
        [`largest paint ${Math.round(figures.lcp)} ms > 1800 ms`, figures.lcp <= 1800],
    ];
    return limits.filter(([, kept]) => !kept).map(([text]) => text);
}

for (const measured of PAGES) {
    const { page, address } = measured;
    test(`${page} page`, async ({ demo }) => {
        // Whoever comes first pays for the server's caches, not for the page.
        await (await fetch(demo.url + address)).text();
        let best: Figures | undefined;
        let fault: unknown;
        for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
            try {
                const figures = await measure(demo.url + address);
                const good = shortcomings(figures, measured).length === 0;
                if (good || !best || figures.performance > best.performance) best = figures;
                if (good) break;
            } catch (error) {
                fault = error;
            }
        }
        if (!best) throw fault;
        const percent = (share: number) => Math.round(share * 100);
        const scores = [best.performance, best.accessibility, best.bestPractices, best.seo].map(percent).join(' / ');
        const times = [['FCP', best.fcp], ['LCP', best.lcp], ['TBT', best.tbt]] as const;
        const spans = times.map(([name, ms]) => `${name} ${Math.round(ms)} ms`).join(', ');
        const load = `load ${(loadavg()[0] ?? 0).toFixed(1)} on ${availableParallelism()} cores`;
        console.log(`${page.padEnd(8)} ${scores}  ${spans}, CLS ${best.cls.toFixed(3)} (${load})`);
        expect(shortcomings(best, measured), best.faults.join('\n')).toEqual([]);
    });
}
