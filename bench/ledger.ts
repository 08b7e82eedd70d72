import { type MadeTenant, makeLedger, TENANTS } from './ledger/made-ledger.ts';
import { type Question, questionsOf } from './ledger/questions.ts';
import { measureWrites } from './ledger/writes.ts';
import { atMost, type Bench, type Figure, information, median } from './support/bench.ts';
import { withOwnDatabase } from './support/own-database.ts';

const ROWS = 10_000_000;
/** Of the product's readers; the plain table, which takes seconds, is asked less often. */
const RUNS = 400;
const PLAIN_RUNS = 10;
/** On a machine of two cores, one client. */
const P99_GOAL_MS = 10;
const RATIO_GOAL = 1 / 50;

/** What a page asks of a ledger of ten million charges, beside the same question on a plain table; and what a restated window costs. */
export const ledger: Bench = ({ rows, print }) =>
  withOwnDatabase(async (own) => {
    const tenants = await makeLedger(own, rows ?? ROWS, print);
    const { rows: counted } = await own.admin.query<{ n: string }>('select count(*) as n from app.charge');
    const figures: Figure[] = [information('charges', Number(counted[0]?.n)), information('tenants', TENANTS)];
    for (const question of questionsOf(own)) {
      print(`  asking: ${question.what}`);
      figures.push(...(await ask(question, tenants)));
    }
    print('  writing');
    const first = tenants[0];
    if (!first) throw new Error('There is no tenant.');
    const { lines, unchanged, restated, peer } = await measureWrites(own, first);
    return [
      ...figures,
      information('lines of the restated 14 days', lines),
      information('DELETE + COPY into a keyed text table', peer.seconds * 1_000, 'ms'),
      atMost('restated window, time beside DELETE + COPY', restated.seconds / peer.seconds, 1.5, 'x'),
      atMost('restated window, WAL beside DELETE + COPY', restated.wal / peer.wal, 0.7, 'x'),
      atMost('unchanged window, WAL beside DELETE + COPY', unchanged.wal / peer.wal, 0.3, 'x'),
    ];
  });

/** Tenants in turn, so that no figure is of one tenant's cache alone. The answers of both must be the same, or nothing is measured. */
async function ask({ what, ours, plain }: Question, tenants: readonly MadeTenant[]): Promise<readonly Figure[]> {
  for (const tenant of tenants.slice(0, 2)) {
    const [own, other] = [await ours(tenant), await plain(tenant)];
    if (own !== other) throw new Error(`${what}: the ledger answers ${own}, the plain table ${other}`);
  }
  for (const tenant of tenants) await ours(tenant);
  const [slow, fast] = [await turn(tenants, plain, PLAIN_RUNS), await turn(tenants, ours, RUNS)];
  const [p50, p99] = [median(fast), percentile(fast, 0.99)];
  return [
    information(`${what}, p50`, p50, 'ms'),
    atMost(`${what}, p99`, p99, P99_GOAL_MS, 'ms'),
    information(`${what}, plain table, p50`, median(slow), 'ms'),
    atMost(`${what}, p50 beside the plain table`, p50 / median(slow), RATIO_GOAL, 'x'),
  ];
}

async function turn(tenants: readonly MadeTenant[], question: Question['ours'], runs: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const tenant = tenants[run % tenants.length];
    if (!tenant) break;
    const started = performance.now();
    await question(tenant);
    times.push(performance.now() - started);
  }
  return times;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
