import { describe, expect, it } from 'vitest';
import { retention } from '../../../../src/adapters/postgres/ledger/retention.ts';
import { addMonths, dayOf, firstDay, type Month, monthOf } from '../../../../src/kernel/calendar.ts';
import { KEPT_MONTHS, prune } from '../../../../src/operations/prune.ts';
import { contextOver, fakeWorld } from '../../../operations/fake-ports.ts';
import { testDatabase, withSuperuser } from '../../../support/database.ts';
import { aCharge, aRun, aWorld, linesOf, ports, pull, totalOf, type World } from './world.ts';

const db = testDatabase({ poolSize: 6 });
const THIS_MONTH = monthOf(dayOf(new Date()));
const OLDEST_KEPT = addMonths(THIS_MONTH, -KEPT_MONTHS);
const TOO_OLD = addMonths(OLDEST_KEPT, -1);

async function pullMonth(world: World, month: Month, billedCost = '10'): Promise<void> {
  const window = { start: firstDay(month), end: firstDay(addMonths(month, 1)) };
  await pull(db, world, { window, charges: [aCharge({ day: window.start, billedCost })] });
}

async function monthsThere(): Promise<string[]> {
  return withSuperuser(db.adminUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select relname as name from pg_class where relname ~ '^charge_\\d{4}_\\d{2}$'`,
    );
    return rows.map((row) => row.name.slice(7).replace('_', '-')).sort();
  });
}

describe('retention', () => {
  it('drops what is older than 38 months, oldest first, and leaves what pages read', async () => {
    const world = await aWorld(db);
    const months = [addMonths(TOO_OLD, -5), TOO_OLD, OLDEST_KEPT, THIS_MONTH];
    for (const month of months) await pullMonth(world, month);
    expect(await retention(db.database).dropOldMonths(KEPT_MONTHS)).toEqual(months.slice(0, 2));
    expect(await monthsThere()).toEqual(months.slice(2));
    expect((await linesOf(db, world.scope)).map((line) => monthOf(line.day))).toEqual(months.slice(2));
    const period = { start: firstDay(TOO_OLD), end: firstDay(OLDEST_KEPT) };
    const rows = await ports(db).reader.spendByService(world.scope, { period, basis: 'invoiceCost', currency: 'USD' });
    expect(rows.map((row) => row.cost)).toEqual(['10']);
    expect(await retention(db.database).dropOldMonths(KEPT_MONTHS)).toEqual([]);
  });

  it('never takes a younger month, whatever is asked', async () => {
    await expect(retention(db.database).dropOldMonths(KEPT_MONTHS - 1)).rejects.toThrow('last 38 months are kept');
    await expect(db.database.withoutTenant((client) => client.query('select app.drop_oldest_month(null)'))).rejects.toThrow(
      'last 38 months are kept',
    );
    await expect(db.database.withoutTenant((client) => client.query('drop table app.charge'))).rejects.toThrow('must be owner');
  });

  it('F38 meets a hundred running pulls: nobody waits for ever, no line is lost', async () => {
    const worlds = await Promise.all(Array.from({ length: 4 }, () => aWorld(db)));
    const runs = await Promise.all(worlds.map((world) => aRun(db, world)));
    for (let round = 0; round < 25; round += 1) {
      const old = addMonths('2008-01', round);
      await db.database.withoutTenant((client) => client.query('select app.ensure_month($1)', [firstDay(old)]));
      const window = { start: firstDay(THIS_MONTH), end: firstDay(addMonths(THIS_MONTH, 1)) };
      const charges = [aCharge({ day: window.start, billedCost: `${round + 1}` })];
      const [dropped] = await Promise.all([
        retention(db.database).dropOldMonths(KEPT_MONTHS),
        ...worlds.map((world, n) => pull(db, world, { runId: runs[n] ?? '', window, charges })),
      ]);
      expect(dropped).toEqual([old]);
    }
    for (const world of worlds) expect(totalOf(await linesOf(db, world.scope))).toBe('25');
  }, 240_000);
});

describe('prune', () => {
  it('asks for 38 months and leaves a trace of what is gone, none where nothing is', async () => {
    const world = fakeWorld();
    const asked: number[] = [];
    let months = ['2020-01', '2020-02'];
    const dropOldMonths = async (keep: number) => {
      asked.push(keep);
      return months;
    };
    const context = contextOver({ ...world, ports: { ...world.ports, retention: { dropOldMonths } } });
    expect(await prune(context)).toEqual({ months });
    expect(world.audit.map((event) => event.action)).toEqual(['monthsPruned']);
    months = [];
    expect(await prune(context)).toEqual({ months: [] });
    expect([asked, world.audit.length]).toEqual([[38, 38], 1]);
  });
});
