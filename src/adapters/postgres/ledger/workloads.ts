import type pg from 'pg';
import type { Day } from '../../../kernel/calendar.ts';
import type { DecimalString } from '../../../kernel/money.ts';
import type { LedgerReader, SpendByWorkload, WorkloadSpend } from '../../../operations/ports/ledger.ts';
import { horizonOf } from './freshness.ts';

interface Row {
  readonly workload: string | null;
  readonly wave: string | null;
  readonly cut_over: Day;
  readonly cost: DecimalString | null;
}

/** One row more than the plan has workloads: what none of them has, since the first cut-over. */
export async function spendByWorkload(
  client: pg.ClientBase,
  { basis, currency }: Parameters<LedgerReader['spendByWorkload']>[1],
): Promise<SpendByWorkload | null> {
  const { rows: plans } = await client.query<{ version: number | null }>('select max(version) as version from app.plan_version');
  const planVersion = plans[0]?.version ?? null;
  if (planVersion === null) return null;
  const { view, dataAsOf, provisionalFrom } = await horizonOf(client);
  const cost = basis === 'runningCost' ? 'running_cost' : 'billed_cost';
  const { rows: known } = await client.query<{
    first: Day | null;
    last: Day | null;
  }>(
    `select min(day) as first, max(day) as last from app.spend_workload_day
      where price_view = $1 and currency = $2 and ${cost} is not null`,
    [view, currency],
  );
  const { rows } = await client.query<Row>(
    `select w.workload, w.wave, w.cut_over, trim_scale(sum(d.${cost}))::text as cost
       from (select position, workload, wave, cut_over from app.plan_workload where version = $3
              union all
             select null, null, null, min(cut_over) from app.plan_workload where version = $3 having count(*) > 0) w
       left join app.spend_workload_day d on d.price_view = $1 and d.currency = $2 and d.day >= w.cut_over
        and coalesce(d.position, -1) = coalesce(w.position, -1)
      group by w.position, w.workload, w.wave, w.cut_over order by w.position nulls last`,
    [view, currency, planVersion],
  );
  const { first, last } = known[0] ?? { first: null, last: null };
  return {
    planVersion,
    dataAsOf,
    isProvisional: provisionalFrom !== null && rows.some((row) => dataAsOf !== null && row.cut_over <= dataAsOf),
    workloads: rows.map((row) => spendOf(row, first, last)),
  };
}

/** No line since the cut-over is zero where days are known since then, and unknown where none is. */
function spendOf({ workload, wave, cut_over, cost }: Row, first: Day | null, last: Day | null): WorkloadSpend {
  const isKnown = last !== null && last >= cut_over;
  return {
    workload,
    wave,
    since: first !== null && first > cut_over ? first : cut_over,
    cost: isKnown ? (cost ?? '0') : null,
  };
}
