import { expect, it } from 'vitest';
import { awsCostSource } from '../../../src/adapters/aws/index.ts';
import { openAws } from '../../../src/adapters/aws/open-aws.ts';
import { ledgerWriter } from '../../../src/adapters/postgres/ledger/ledger-writer.ts';
import { exact, plain, sumExact } from '../../../src/kernel/money.ts';
import type { Slice } from '../../../src/ledger/slice.ts';
import { testDatabase } from '../../support/database.ts';
import { aRun, aWorld, linesOf } from '../postgres/ledger/world.ts';
import { aConnection, type ScriptedRequest, scriptedAws } from './scripted-aws.ts';

const db = testDatabase();
const SLICE: Slice = { id: 'account-service', groupBy: ['LINKED_ACCOUNT', 'SERVICE'], window: 'history' };
const WINDOW = { start: '2026-10-01', end: '2026-10-02' };
const PAGES = 3;

interface Row {
  readonly account: string;
  readonly service: string;
  readonly amount: string;
  readonly unit?: string;
}

const good = (n: number): Row => ({ account: '111122223333', service: `service ${n}`, amount: `${n}.0000000001` });

/** What may not enter the ledger. Where the amount can be read, it is part of the source's total and has to come back as residual. */
const POISON: readonly ((n: number) => Row)[] = [
  (n) => ({ ...good(n), amount: 'NaN' }),
  (n) => ({ ...good(n), amount: 'Infinity' }),
  (n) => ({ ...good(n), amount: '1e400' }),
  (n) => ({ ...good(n), amount: '' }),
  (n) => ({ ...good(n), amount: '1,234.5' }),
  (n) => ({ ...good(n), amount: '0x10' }),
  (n) => ({ ...good(n), account: '1111222233334', amount: '0.5' }),
  (n) => ({ ...good(n), service: `a\u0000b ${n}`, amount: '0.25' }),
  (n) => ({ ...good(n), service: `${n} ${'長'.repeat(2_000)}`, amount: '0.125' }),
  (n) => ({ ...good(n), amount: '0.1', unit: 'dollars' }),
  (n) => ({ ...good(n), service: `\ud800 ${n}`, amount: '0.0625' }),
];
/** Odd, but what AWS may well say: it lands. */
const ODD: readonly ((n: number) => Row)[] = [
  (n) => ({ ...good(n), service: `__proto__ ${n}` }),
  (n) => ({ ...good(n), service: `'; drop table app.charge; -- ${n}`, amount: '-3.5' }),
  (n) => ({ ...good(n), service: `=cmd|' /C calc'!A0 ${n}`, amount: '0' }),
];

const isAmount = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);
const metric = (amount: string, unit = 'USD') => ({ Amount: amount, Unit: unit });

function answer({ body }: ScriptedRequest, rows: readonly Row[]): object {
  const period = { TimePeriod: { Start: WINDOW.start, End: WINDOW.end }, Estimated: false };
  if (!body.GroupBy) {
    const total = plain(sumExact(rows.map((row) => row.amount).filter(isAmount)));
    return { ResultsByTime: [{ ...period, Groups: [], Total: { UnblendedCost: metric(total), AmortizedCost: metric(total) } }] };
  }
  const page = Number(body.NextPageToken ?? 0);
  const size = Math.ceil(rows.length / PAGES);
  const groups = rows.slice(page * size, (page + 1) * size).map(({ account, service, amount, unit }) => ({
    Keys: [account, service],
    Metrics: { UnblendedCost: metric(amount, unit), AmortizedCost: metric(amount, unit) },
  }));
  const next = page + 1 < PAGES ? { NextPageToken: String(page + 1) } : {};
  return { ResultsByTime: [{ ...period, Total: {}, Groups: groups }], ...next };
}

it.each(['first', 'in the middle', 'last'])(
  'F23 two hundred poisoned rows that come %s go to quarantine with a reason, the rest lands, and every readable cent is accounted for',
  async (place) => {
    const clean = Array.from({ length: 300 }, (_, n) => [...ODD, good][n % (ODD.length + 1)]?.(n) ?? good(n));
    const poisoned = Array.from({ length: 200 }, (_, n) => POISON[n % POISON.length]?.(1_000 + n) ?? good(n));
    const at = { first: 0, 'in the middle': 150, last: 300 }[place] ?? 0;
    const rows = [...clean.slice(0, at), ...poisoned, ...clean.slice(at)];
    await using aws = await scriptedAws((request) => ({ json: answer(request, rows) }));
    const world = await aWorld(db);
    const pull = awsCostSource(openAws({ maxAttempts: 1 })).pullSlice(aConnection(aws.url), SLICE, WINDOW, {
      pageBought: async () => {},
    });
    const runId = await aRun(db, world);
    const written = await ledgerWriter(db.database).replaceWindow(world.scope, {
      connectionId: world.connectionId,
      runId,
      sliceId: SLICE.id,
      window: WINDOW,
      priceView: 'awsBilled',
      charges: pull.charges,
      controls: pull.controls,
      quarantined: pull.quarantined,
    });

    expect(written).toMatchObject({ rows: clean.length, quarantined: poisoned.length });
    const lines = await linesOf(db, world.scope);
    const sumOf = (given: readonly Row[]) => plain(sumExact(given.map((row) => row.amount).filter(isAmount)));
    const total = written.totals[0];
    expect(total).toMatchObject({ billedCost: sumOf(rows), residual: sumOf(poisoned) });
    expect(plain(sumExact(lines.map((line) => line.billed)))).toBe(plain(exact(total?.billedCost ?? 'NaN')));
    const { rows: kept } = await db.database.withTenant(world.scope, (client) =>
      client.query('select reason, row_text from app.quarantined_row where run_id = $1', [runId]),
    );
    expect(kept.length).toBeGreaterThan(0);
    for (const { reason, row_text } of kept) {
      expect(reason).toMatch(/\w{3}/);
      expect(row_text).not.toContain('\u0000');
    }
  },
);
