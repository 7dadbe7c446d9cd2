import { defineConfig } from '@playwright/test';
import { CHROMIUM, CHROMIUM_ARGS } from './support/browser.ts';

// What is the same on every screen runs once.
const ONCE = ['keyboard.spec.ts', 'refusals.spec.ts'];
const MEASURED = 'lighthouse.spec.ts';

export default defineConfig({
    testDir: 'tests',
    globalSetup: './support/global.ts',
    workers: 2,
    timeout: 60_000,
    expect: { timeout: 10_000 },
    // A machine that builds at the same time can starve a browser; a retry is reported as flaky.
    retries: process.env.CI ? 2 : 0,
    forbidOnly: Boolean(process.env.CI),
    reporter: [['list'], ['html', { open: 'never' }]],
    use: {
        browserName: 'chromium',
        launchOptions: { executablePath: CHROMIUM, args: CHROMIUM_ARGS },
        actionTimeout: 20_000,
        locale: 'en-GB',
        timezoneId: 'UTC',
        colorScheme: 'light',
        screenshot: 'only-on-failure',
        // Recording everything doubles the time a test takes.
        trace: process.env.TRACE ? 'retain-on-failure' : 'off',
    },
    projects: [
        {
            name: 'desktop',
            testIgnore: MEASURED,
            use: { viewport: { width: 1280, height: 800 } },
        },
        {
            name: 'phone',
            testIgnore: [...ONCE, 'budgets.spec.ts', MEASURED],
            use: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true },
        },
        {
            // After everything else and alone, because it measures time.
            name: 'lighthouse',
            testMatch: MEASURED,
            dependencies: ['desktop', 'phone'],
            workers: 1,
            fullyParallel: false,
            timeout: 240_000,
        },
    ],
});
