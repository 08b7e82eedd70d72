import fs from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { exact, plain, sumExact } from '../../src/kernel/money.ts';
import { doctor } from '../../src/operations/doctor.ts';
import { LEDGER } from '../sandbox/wire/tiny-estate.ts';
import { testDatabase } from '../support/database.ts';
import { AS_OF, cost, NOVEMBER, notOk, OCTOBER, pull, pullCostExplorer, withExport } from './export-world.ts';
import { TEST_DATA_DIR } from './sandbox-world.ts';

const made = testDatabase();
afterAll(() => fs.rmSync(TEST_DATA_DIR, { recursive: true, force: true }));

const EC2 = 'Amazon Elastic Compute Cloud - Compute';

describe('a bill that comes as an export and from Cost Explorer', () => {
  it('counts once, and both agree', async () => {
    const { context, connection } = await withExport(made.database, 'cur/daily');
    await pullCostExplorer(context, connection);
    const entries = await pull(context);
    expect(notOk(entries)).toEqual([]);
    expect(entries.at(-1)).toMatchObject({ source: 'export:daily:check', status: 'ok', rows: 77 });
    expect([await cost(context), await cost(context, '2026-11-01', '2026-12-01')]).toEqual([OCTOBER, NOVEMBER]);
    const { movers } = await context.ports.ledgerReader.movers(context.scope, {
      month: '2026-10',
      basis: 'invoiceCost',
      currency: 'USD',
      limit: 20,
    });
    expect(plain(sumExact(movers.map((mover) => mover.cost ?? '0')))).toBe(OCTOBER);
    // Whoever comes second changes nothing.
    await pullCostExplorer(context, connection);
    expect([await cost(context), await cost(context, '2026-11-01', '2026-12-01')]).toEqual([OCTOBER, NOVEMBER]);
  });

  it('names the days on which they are apart, adds nothing, and keeps what the export says', async () => {
    const { sandbox, context, connection } = await withExport(made.database, 'exports/cur2');
    sandbox.faults.add({ kind: 'restatedDays', serviceName: EC2, start: '2026-10-05', end: '2026-10-07', addedCost: '4' });
    sandbox.faults.add({ kind: 'restatedDays', serviceName: EC2, start: '2026-10-09', end: '2026-10-10', addedCost: '0.9' });
    await pullCostExplorer(context, connection);
    const check = (await pull(context)).at(-1);
    expect(check).toMatchObject({ source: 'export:cur2:check', status: 'partial', error: { code: 'NOT_RECONCILED' } });
    expect(check?.error?.message).toMatch(/^On 2 days .*2026-10-05, all accounts: export 3\.50, Cost Explorer 7\.50 USD/);
    expect(check?.error?.message).toContain('2026-10-06, account 222222222222: export 1.50, Cost Explorer 5.50 USD');
    expect(check?.error?.message).not.toContain('2026-10-09');
    expect(await cost(context)).toBe(OCTOBER);
    const report = await doctor(context, { asOf: AS_OF, detectors: [] });
    expect(JSON.stringify(report.checks)).toContain('export:cur2:check');
  });

  it('is told by Cost Explorer on the days that a late export does not have yet: none is lost, none counts twice', async () => {
    const { sandbox, context, connection } = await withExport(made.database, 'cur/daily');
    sandbox.faults.add({ kind: 'lateExports', days: 5 });
    await pullCostExplorer(context, connection);
    const check = (await pull(context)).at(-1);
    expect(check).toMatchObject({ status: 'ok', rows: 75 });
    expect(await cost(context, '2026-11-01', '2026-12-01')).toBe(NOVEMBER);
    for (const day of [13, 14, 15, 16, 17, 18, 19])
      expect([day, await cost(context, `2026-11-${day}`, `2026-11-${day + 1}`)]).toEqual([day, '3.5']);
    const { dataAsOf } = await context.ports.ledgerReader.freshness(context.scope);
    expect(dataAsOf).toBe('2026-11-19');
    sandbox.faults.clear();
    await pull(context);
    expect(await cost(context, '2026-11-01', '2026-12-01')).toBe(NOVEMBER);
  });

  it('is told by Cost Explorer on the last day of a growing export, which may have half of it', async () => {
    const { sandbox, context, connection } = await withExport(made.database, 'cur/daily');
    sandbox.faults.add({ kind: 'lateExports', days: 5 });
    sandbox.faults.add({ kind: 'restatedDays', serviceName: EC2, start: '2026-11-13', end: '2026-11-15', addedCost: '100' });
    await pullCostExplorer(context, connection);
    await pull(context);
    // The export ends with the 14th.
    expect(await cost(context, '2026-11-13', '2026-11-14')).toBe('3.5');
    expect(await cost(context, '2026-11-14', '2026-11-15')).toBe('103.5');
    sandbox.faults.clear();
    sandbox.faults.add({ kind: 'lateExports', days: 4 });
    await pull(context);
    expect(await cost(context, '2026-11-14', '2026-11-15')).toBe('3.5');
    expect(await cost(context, '2026-11-01', '2026-12-01')).toBe(NOVEMBER);
  });

  it('keeps an account on the last day that only the export has', async () => {
    const { sandbox, context, connection } = await withExport(made.database, 'cur/daily');
    sandbox.faults.add({ kind: 'vanishedGroup', dimension: 'LINKED_ACCOUNT', value: LEDGER });
    await pullCostExplorer(context, connection);
    const check = (await pull(context)).at(-1);
    expect(await cost(context, '2026-11-19', '2026-11-20')).toBe('3.5');
    expect(check?.error?.message).toContain(`account ${LEDGER}: export 2.00, Cost Explorer 0.00 USD`);
    expect(plain(exact(await cost(context)))).toBe(OCTOBER);
  });

  it('closes a month when AWS no longer refreshes its export', async () => {
    const { context } = await withExport(made.database, 'cur/daily');
    await pull(context);
    const { closedMonths } = await context.ports.ledgerReader.freshness(context.scope);
    expect(closedMonths).toEqual(['2026-09', '2026-10']);
  });
});
