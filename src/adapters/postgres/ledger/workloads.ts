import type pg from 'pg';
import type { Day } from '../../../kernel/calendar.ts';
import type { DecimalString } from '../../../kernel/money.ts';
import type { LedgerReader, SpendByWorkload, WorkloadSpend } from '../../../operations/ports/ledger.ts';
import { horizonOf } from './freshness.ts';

interface Row {
  readonly workload: string | null;
  readonly wave: string | null;
  readonly cut_over: Day;
  readonly version: number;
  readonly cost: DecimalString | null;
  /** Of all days that are known on this basis, before the cut-over too. */
  readonly first_day: Day | null;
  readonly last_day: Day | null;
}

/** One row more than the plan has workloads: what none of them has, since the first cut-over. */
export async function spendByWorkload(
  client: pg.ClientBase,
  { basis, currency }: Parameters<LedgerReader['spendByWorkload']>[1],
): Promise<SpendByWorkload | null> {
  const { view, dataAsOf, provisionalFrom } = await horizonOf(client);
  const { rows } = await client.query<Row>({
    // Prepared once a connection: planning it takes as long as running it.
    name: `spend by workload, ${basis}`,
    text: spendSql(basis === 'runningCost' ? 'running_cost' : 'billed_cost'),
    values: [view, currency],
  });
  const [first] = rows;
  if (!first) return null;
  const known = first.first_day === null || first.last_day === null ? null : { first: first.first_day, last: first.last_day };
  return {
    planVersion: first.version,
    dataAsOf,
    isProvisional: provisionalFrom !== null && rows.some((row) => dataAsOf !== null && row.cut_over <= dataAsOf),
    workloads: rows.map((row) => spendOf(row, known)),
  };
}

/** No line since the cut-over is zero where days are known since then, and unknown where none is. */
function spendOf({ workload, wave, cut_over, cost }: Row, known: { first: Day; last: Day } | null): WorkloadSpend {
  const isKnown = known !== null && known.last >= cut_over;
  return {
    workload,
    wave,
    since: known !== null && known.first > cut_over ? known.first : cut_over,
    cost: isKnown ? (cost ?? '0') : null,
  };
}

/** One pass over the days since the cut-overs; -1 stands for "no workload". */
const spendSql = (cost: 'running_cost' | 'billed_cost') => `
  with plan as (
    select version, position, workload, wave, cut_over from app.plan_workload where version = (select max(version) from app.plan_version)),
  asked as (
    select * from plan union all select max(version), -1, null, null, min(cut_over) from plan having count(*) > 0),
  spent as (
    select a.position, sum(d.${cost}) as cost
      from app.spend_workload_day d join asked a on a.position = coalesce(d.position, -1)
     where d.price_view = $1 and d.currency = $2 and d.day >= a.cut_over group by a.position),
  known as (
    select (select min(day) from app.spend_workload_day where price_view = $1 and currency = $2 and ${cost} is not null) as first_day,
           (select max(day) from app.spend_workload_day where price_view = $1 and currency = $2 and ${cost} is not null) as last_day)
  select a.version, a.workload, a.wave, a.cut_over, k.first_day, k.last_day, trim_scale(s.cost)::text as cost
    from asked a cross join known k left join spent s using (position) order by nullif(a.position, -1) nulls last`;
