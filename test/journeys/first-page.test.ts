import fs from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { Installation } from '../support/cli.ts';

const opened = await openBrowser();
const HOSTILE = '<img src=x onerror="document.title=1">';
const house = new Installation();
let server: ReturnType<Installation['begin']>;
let context: BrowserContext;
let page: Page;
let origin: string;
const complaints: string[] = [];
const elsewhere: string[] = [];

describe.skipIf(opened.browser === null)(
  `the first page in a real browser${opened.browser === null ? ` (skipped: ${opened.why})` : ''}`,
  () => {
    beforeAll(async () => {
      server = house.begin(['start', '--resources', '250', '--as-of', '2026-11-20']);
      const [, link = ''] = await server.until(/\nSign in: (\S+)\n/);
      origin = new URL(link).origin;
      context = await (opened.browser as NonNullable<typeof opened.browser>).newContext({
        locale: 'en-US',
        viewport: { width: 1440, height: 1000 },
      });
      page = await context.newPage();
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on(
        'request',
        (request) =>
          new URL(request.url()).origin !== origin && !request.url().startsWith('data:') && elsewhere.push(request.url()),
      );
      await page.goto(link);
      await page.getByRole('heading', { name: 'Recommendations' }).waitFor();
    }, 180_000);

    afterAll(async () => {
      await opened.browser?.close();
      server?.child.kill('SIGINT');
      await server?.ended;
      house.remove();
    });

    it('shows the totals that the API gives', async () => {
      const { latest } = await api<{ latest: { totals: Record<string, string> } }>('/api/v1/recommendations?limit=1');

      for (const amount of Object.values(latest.totals)) await expectText(money(amount));
    });

    it('shows spend by month as a chart with a name, and the same figures as a table', async () => {
      const { months } = await api<{ months: { total: string }[] }>('/api/v1/spend');

      await page
        .getByRole('img', { name: /Stacked columns of spend by service/ })
        .locator('svg')
        .waitFor();
      await page.goto(`${origin}/?spend=table`);
      for (const { total } of months) await expectText(money(total));
    });

    it('opens a recommendation whole, at an address that can be sent to somebody', async () => {
      await page.goto(`${origin}/`);
      await page.locator('tbody tr a').first().click();
      await page.getByText('Risk of not acting').waitFor();
      const address = page.url();
      await page.goto(address);

      await page.getByText('Risk of not acting').waitFor();
      expect(address).toContain('recommendation=');
    });

    it('keeps a filter in the address, and Back takes it off', async () => {
      await page.goto(`${origin}/`);
      await page.locator('tbody tr').first().waitFor();
      await page.goto(`${origin}/?category=network`);
      await page.locator('tbody tr').first().waitFor();
      const { items } = await api<{ items: { title: string }[] }>('/api/v1/recommendations?category=network&limit=25');
      const titles = new Set(items.map((item) => item.title));
      const shown = await page.locator('tbody tr a').allTextContents();

      expect(shown.length).toBe(items.length);
      expect(shown.filter((title) => !titles.has(title))).toEqual([]);
      await page.goBack();
      expect(page.url()).toBe(`${origin}/`);
    });

    it('speaks Japanese when asked', async () => {
      await page.goto(`${origin}/?lang=ja`);

      await page.getByRole('heading', { name: '推奨事項' }).waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe('ja');
      await page.getByText('判定不可').first().waitFor();
    });

    it.each(['/?lang=en&mode=light', '/?lang=ja&mode=dark'])('has no serious accessibility fault at %s', async (address) => {
      await page.goto(`${origin}${address}`);
      await page.locator('tbody tr a').first().waitFor();
      // Evaluated by the browser's own debugger, since the page's policy allows no foreign script.
      const results = await page.evaluate(`${axe.source}; axe.run(document, { resultTypes: ['violations'] })`);
      const serious = (results as { violations: { id: string; impact: string; nodes: { html: string }[] }[] }).violations.filter(
        ({ impact }) => impact === 'serious' || impact === 'critical',
      );

      expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
    });

    it('fits a phone: nothing sticks out to the side', async () => {
      await page.setViewportSize({ width: 380, height: 800 });
      await page.goto(`${origin}/`);
      await page.locator('tbody tr').first().waitFor();
      const width = await page.evaluate('document.documentElement.scrollWidth');
      await page.setViewportSize({ width: 1440, height: 1000 });

      expect(width).toBeLessThanOrEqual(380);
    });

    it('shows a hostile name as text, and a stranger how to get in', async () => {
      const bill = path.join(house.dataDir, 'bill.csv');
      fs.writeFileSync(
        bill,
        'bill/PayerAccountId,lineItem/UsageAccountId,lineItem/LineItemType,lineItem/UsageStartDate,lineItem/UnblendedCost,lineItem/CurrencyCode,product/ProductName\n111122223333,111122223333,Usage,2026-10-03T00:00:00Z,12.34,USD,"<b>Bold</b> service"\n',
      );
      await house.json('import', bill, '--tenant', HOSTILE);
      const { url } = await house.json<{ url: string }>('sign-in', '--tenant', HOSTILE);
      const visitor = await context.browser()?.newContext({ locale: 'en-US' });
      const other = await visitor?.newPage();
      if (!other) throw new Error('no second visitor');
      await other.goto(origin);
      await other.getByText('You are not signed in').waitFor();
      await other.goto(url);
      await other.getByRole('heading', { name: HOSTILE }).waitFor();

      expect(await other.title()).toBe('Cost Pillar');
      expect(await other.locator('img[src="x"]').count()).toBe(0);
      await visitor?.close();
    });

    it('never asked anybody else for anything, and complained about nothing', () => {
      expect(elsewhere).toEqual([]);
      expect(complaints).toEqual([]);
    });
  },
);

async function api<T>(address: string): Promise<T> {
  const answer = await context.request.get(`${origin}${address}`, { headers: { 'sec-fetch-site': 'same-origin' } });
  return (await answer.json()) as T;
}

function money(amount: string): string {
  return new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(amount as Intl.StringNumericLiteral);
}

async function expectText(text: string): Promise<void> {
  await page.getByText(text, { exact: false }).first().waitFor({ timeout: 10_000 });
}
