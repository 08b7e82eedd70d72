import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exact, plain, sumExact } from '../../../../src/kernel/money.ts';
import type { Charge } from '../../../../src/ledger/charge.ts';
import { testDatabase } from '../../../support/database.ts';
import { aCharge, assign, aTenant, aWorld, controlsOf, type linesOf, ports, pull } from './world.ts';

const db = testDatabase();

const DAYS = ['2026-09-29', '2026-09-30', '2026-10-01', '2026-10-02'];
const SERVICES = ['AWS Lambda', 'AmazonCloudWatch', 'Tax\t\\N'];
const WHOLE = { start: '2026-09-29', end: '2026-10-03' };

/** What lies at the source: one amount a day, account and service. */
type Source = Map<string, string>;
type Step =
  | { readonly act: 'set'; readonly key: string; readonly amount: string }
  | { readonly act: 'vanish'; readonly key: string }
  | { readonly act: 'pull'; readonly from: number; readonly days: number; readonly fails: boolean };

const amount = fc
  .tuple(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), fc.integer({ min: 6, max: 10 }))
  .map(([units, decimals]) => plain(exact(units).div(exact(10).pow(decimals))));

function stepOf(accounts: readonly string[]): fc.Arbitrary<Step> {
  const key = fc
    .tuple(fc.constantFrom(...DAYS), fc.constantFrom(...accounts), fc.constantFrom(...SERVICES))
    .map((parts) => parts.join('|'));
  return fc.oneof(
    { weight: 4, arbitrary: fc.record({ act: fc.constant('set' as const), key, amount }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('vanish' as const), key }) },
    {
      weight: 3,
      arbitrary: fc.record({
        act: fc.constant('pull' as const),
        from: fc.integer({ min: 0, max: DAYS.length - 1 }),
        days: fc.integer({ min: 1, max: DAYS.length }),
        fails: fc.boolean(),
      }),
    },
  );
}

function chargesOf(source: Source, days: readonly string[]): Charge[] {
  return [...source].flatMap(([key, billedCost]) => {
    const [day = '', subAccountId = '', serviceName = ''] = key.split('|');
    return days.includes(day) ? [aCharge({ day, subAccountId, serviceName, billedCost })] : [];
  });
}

it('holds, for each tenant, what the source said at the last good pull of each day, whatever happened in between', async () => {
  let sequence = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(stepOf(['A', 'B', 'C']), { minLength: 1, maxLength: 14 }), async (steps) => {
      sequence += 1;
      const payer = await aWorld(db, 'operator');
      const customer = await aTenant(db);
      const accountOf = (letter: string) => `${letter}-${sequence}`;
      await assign(db, payer, accountOf('A'), customer, { start: '2020-01-01', end: '2099-01-01' });
      await assign(db, payer, accountOf('B'), customer, { start: '2020-01-01', end: '2026-10-01' });
      const [source, model] = [new Map<string, string>(), new Map<string, string>()] as [Source, Source];
      for (const step of steps) {
        if (step.act === 'vanish') source.delete(step.key);
        if (step.act === 'set') source.set(step.key, step.amount);
        if (step.act !== 'pull') continue;
        const days = DAYS.slice(step.from, step.from + step.days);
        const charges = chargesOf(source, days).map((c) => ({ ...c, subAccountId: accountOf(c.subAccountId ?? '') }));
        const zeros = days.map((day) => aCharge({ day, billedCost: '0' }));
        const window = { start: days[0] ?? '', end: [...DAYS, '2026-10-03'][step.from + days.length] ?? '' };
        if (step.fails) {
          const attempt = pull(db, payer, {
            window,
            charges: brokenAfter(charges),
            controls: controlsOf([...charges, ...zeros]),
          });
          await expect(attempt).rejects.toThrow('the source went away');
          continue;
        }
        await pull(db, payer, { window, charges, controls: controlsOf([...charges, ...zeros]) });
        for (const key of [...model.keys()]) if (days.includes(key.slice(0, 10))) model.delete(key);
        for (const [key, value] of source) if (days.includes(key.slice(0, 10))) model.set(key, value);
      }
      const isCustomers = (key: string) => key.includes('|A|') || (key.includes('|B|') && key < '2026-10-01');
      const [ofCustomer, ofPayer] = [await stored(customer, payer.connectionId), await stored(payer.scope, payer.connectionId)];
      expect(ofCustomer).toEqual(expected(model, isCustomers));
      expect(ofPayer).toEqual(expected(model, (key) => !isCustomers(key)));
      await expectRollUp(customer, model, isCustomers);
    }),
    { numRuns: 30 },
  );

  async function stored(scope: Parameters<typeof linesOf>[1], connectionId: string): Promise<string[]> {
    const { rows } = await db.database.withTenant(scope, (client) =>
      client.query<{ key: string }>(
        `select concat_ws('|', c.day, left(a.account_id, 1), x.service_name, trim_scale(c.billed_cost)) as key
           from app.charge c join app.feed f on f.id = c.feed_ref join app.meter x on x.id = c.meter_ref
           left join app.account a on a.id = c.account_ref where f.connection_id = $1`,
        [connectionId],
      ),
    );
    return rows.map((row) => row.key).sort();
  }

  async function expectRollUp(
    scope: Parameters<typeof linesOf>[1],
    model: Source,
    mine: (key: string) => boolean,
  ): Promise<void> {
    for (const period of [WHOLE, { start: '2026-09-01', end: '2026-11-01' }]) {
      const rows = await ports(db).reader.spendByService(scope, { period, basis: 'invoiceCost', currency: 'USD' });
      const total = sumExact([...model].filter(([key]) => mine(key)).map(([, value]) => value));
      expect(plain(sumExact(rows.map((row) => row.cost)))).toBe(plain(total));
    }
  }
}, 180_000);

function expected(model: Source, isMine: (key: string) => boolean): string[] {
  return [...model]
    .filter(([key]) => isMine(key))
    .map(([key, value]) => `${key}|${value}`)
    .sort();
}

async function* brokenAfter(charges: readonly Charge[]): AsyncGenerator<readonly Charge[]> {
  yield charges;
  throw new Error('the source went away');
}
