/** `npm run screenshots`: pictures of the pages, into the folder that SCREENSHOTS names. Not a test. */

import { defineConfig } from '@playwright/test';
import config from './playwright.config.ts';

export default defineConfig({
    ...config,
    testDir: 'screenshots',
    testMatch: '*.ts',
    reporter: 'list',
    projects: undefined,
    timeout: 120_000,
});
