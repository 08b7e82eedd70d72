import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

/** Root has no sandbox to give. Nothing else of the package's own list: it would turn off the very rules that a test is to see held. */
const ARGS = [
  '--no-sandbox',
  '--disable-setuid-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--font-render-hinting=none',
];

/** The Chromium that comes inside an npm package; null with the reason where this machine cannot run it. */
export async function openBrowser(): Promise<{ readonly browser: Browser } | { readonly browser: null; readonly why: string }> {
  try {
    return { browser: await playwright.launch({ executablePath: await chromium.executablePath(), args: ARGS, headless: true }) };
  } catch (error) {
    return { browser: null, why: String(error instanceof Error ? error.message : error).split('\n')[0] ?? '' };
  }
}
