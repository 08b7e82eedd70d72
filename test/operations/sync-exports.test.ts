import fs from 'node:fs';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { exact, plain } from '../../src/kernel/money.ts';
import { PAYER } from '../sandbox/wire/tiny-estate.ts';
import { testDatabase } from '../support/database.ts';
import { AS_OF, cost, leftovers, NOVEMBER, notOk, OCTOBER, objectsFetched, pull, SEPTEMBER, withExport } from './export-world.ts';
import { TEST_DATA_DIR } from './sandbox-world.ts';

const made = testDatabase();
afterAll(() => fs.rmSync(TEST_DATA_DIR, { recursive: true, force: true }));

describe('an export in S3', () => {
  it.each([
    'cur/daily',
    'cur/daily-overwritten',
    'exports/cur2',
    'exports/cur2-overwritten',
    'exports/focus',
    'exports/focus-overwritten',
  ])(
    'brings the bill to the last digit from %s',
    async (address) => {
      const { context } = await withExport(made.database, address);
      const entries = await pull(context);
      const months = entries.filter(({ window }) => window !== null);
      expect(months.find(({ window }) => window?.start === '2026-10-01')).toMatchObject({
        status: 'ok',
        total: OCTOBER,
        residual: '0',
      });
      expect(await cost(context)).toBe(OCTOBER);
      expect(await cost(context, '2026-11-01', '2026-12-01')).toBe(NOVEMBER);
      expect(leftovers()).toEqual([]);
    },
    60_000,
  );

  it.each(['exports/cur2', 'exports/focus'])('brings the tags of its resources from %s', async (address) => {
    const { context } = await withExport(made.database, address);
    await pull(context);
    const { resources } = await context.ports.snapshots.snapshot(context.scope, { asOf: AS_OF, currency: 'USD' });
    const tagged = resources.filter(({ tags }) => tags.length > 0).map(({ resourceId, tags }) => ({ resourceId, tags }));
    expect(tagged).toEqual([{ resourceId: 'i-0123456789abcdef0', tags: [{ key: 'env', value: 'prod' }] }]);
  });

  it('is not fetched again while nothing has changed', async () => {
    const { sandbox, context, connected } = await withExport(made.database, 'cur/daily');
    await pull(context);
    const before = objectsFetched(sandbox);
    const entries = await pull(context);
    expect(notOk(entries)).toEqual([]);
    expect(entries.filter(({ window }) => window !== null)).toEqual([]);
    expect(objectsFetched(sandbox) - before).toBe(connected.months.length);
  });

  it('is replaced month by month where it was delivered again', async () => {
    const { sandbox, context } = await withExport(made.database, 'cur/daily');
    await pull(context);
    sandbox.faults.add({ kind: 'restatedExports', month: '2026-10', addedCost: '7.25' });
    const entries = await pull(context);
    expect(entries.flatMap(({ window }) => window?.start ?? [])).toEqual(['2026-10-01']);
    expect(await cost(context)).toBe(plain(exact(OCTOBER).plus('7.25')));
    expect(await cost(context, '2026-11-01', '2026-12-01')).toBe(NOVEMBER);
  });

  it('counts a file once that two assemblies hold, and that the manifest names twice', async () => {
    const { sandbox, context } = await withExport(made.database, 'cur/daily');
    const key = 'cur/daily/20261001-20261101/daily-Manifest.json';
    const manifest = JSON.parse((await sandbox.exports.object(key))?.body.toString() ?? '');
    const [first, second] = manifest.reportKeys;
    const copy = String(first).replace(manifest.assemblyId, 'another-assembly');
    sandbox.exports.put(copy, (await sandbox.exports.object(first))?.body ?? '');
    sandbox.exports.put(key, JSON.stringify({ ...manifest, reportKeys: [first, second, first] }));
    await pull(context);
    expect(await cost(context)).toBe(OCTOBER);
  });

  it('keeps the month of which the manifest is cut off, is missing, or names what is not there, and goes on with the others', async () => {
    const { sandbox, context } = await withExport(made.database, 'cur/daily');
    await pull(context);
    const top = (month: string) => `cur/daily/${month}/daily-Manifest.json`;
    const october = (await sandbox.exports.object(top('20261001-20261101')))?.body.toString() ?? '';
    sandbox.exports.put(top('20261001-20261101'), october.slice(0, october.length / 2));
    sandbox.exports.remove(top('20260901-20261001'));
    sandbox.faults.add({ kind: 'restatedExports', month: '2026-11', addedCost: '1' });
    const november = JSON.parse((await sandbox.exports.object(top('20261101-20261201')))?.body.toString() ?? '');
    sandbox.exports.remove(november.reportKeys[1]);
    const bad = notOk(await pull(context));
    expect(bad.map(({ window, error }) => [window?.start, error?.code])).toEqual([
      ['2026-09-01', 'DATA_UNAVAILABLE'],
      ['2026-10-01', 'SOURCE_ANSWER_UNREADABLE'],
      ['2026-11-01', 'DATA_UNAVAILABLE'],
    ]);
    expect(bad[2]?.error?.message).toContain('which is not there');
    expect([await cost(context), await cost(context, '2026-11-01', '2026-12-01')]).toEqual([OCTOBER, NOVEMBER]);
    expect(await cost(context, '2026-09-01', '2026-10-01')).toBe(SEPTEMBER);
  });

  it('deletes nothing when a month vanished at the source', async () => {
    const { sandbox, context } = await withExport(made.database, 'cur/daily-overwritten');
    await pull(context);
    for (const key of sandbox.exports.keys()) if (key.includes('/20261001-')) sandbox.exports.remove(key);
    expect(notOk(await pull(context))).toEqual([]);
    expect(await cost(context)).toBe(OCTOBER);
  });

  it('books a line that names a day of another month within its own bill, and leaves the other month alone', async () => {
    const { sandbox, context } = await withExport(made.database, 'cur/daily-overwritten');
    await pull(context);
    const folder = 'cur/daily-overwritten/20261101-20261201';
    const manifest = JSON.parse(
      (await sandbox.exports.object(`${folder}/daily-overwritten-Manifest.json`))?.body.toString() ?? '',
    );
    const columns =
      'bill/PayerAccountId,lineItem/UsageAccountId,lineItem/LineItemType,lineItem/UsageStartDate,lineItem/UnblendedCost,lineItem/CurrencyCode,bill/BillingPeriodStartDate,bill/BillingPeriodEndDate';
    const line = (type: string, day: string, amount: string) =>
      `${PAYER},${PAYER},${type},${day}T00:00:00Z,${amount},USD,2026-11-01T00:00:00Z,2026-12-01T00:00:00Z`;
    const text = [columns, line('Usage', '2026-11-05', '10'), line('Refund', '2026-10-14', '-4'), line('Fee', '2027-01-02', '3')];
    for (const key of manifest.reportKeys) sandbox.exports.remove(key);
    sandbox.exports.put(`${folder}/by-hand.csv`, text.join('\n'), new Date('2026-11-19'));
    sandbox.exports.put(
      `${folder}/daily-overwritten-Manifest.json`,
      JSON.stringify({ ...manifest, assemblyId: 'by-hand', reportKeys: [`${folder}/by-hand.csv`] }),
    );
    expect(notOk(await pull(context))).toEqual([]);
    expect(await cost(context, '2026-11-01', '2026-12-01')).toBe('9');
    expect(await cost(context, '2026-11-01', '2026-11-02')).toBe('-4');
    expect(await cost(context)).toBe(OCTOBER);
  });

  it('stops in the middle when it is told to, with nothing left behind', async () => {
    const { sandbox, context } = await withExport(made.database, 'cur/daily');
    sandbox.faults.add({ kind: 'slow', service: 's3', operation: 'GetObject', delayMs: 60_000, after: 5 });
    const abort = new AbortController();
    const watch = setInterval(() => sandbox.faults.list().some(({ met }) => met > 0) && abort.abort(), 20);
    onTestFinished(() => clearInterval(watch));
    await expect(pull({ ...context, signal: abort.signal })).rejects.toMatchObject({ code: 'CONFLICT' });
    const [run] = await context.ports.runs.list(context.scope, { limit: 1, after: null });
    expect(run).toMatchObject({ status: 'abandoned' });
    expect(leftovers()).toEqual([]);
    sandbox.faults.clear();
    await pull(context);
    expect(await cost(context)).toBe(OCTOBER);
  });
});
