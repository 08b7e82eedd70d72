import type pg from 'pg';
import type { DecimalString } from '../../../kernel/money.ts';
import { NOT_RUNNING_CHARGE_TYPES } from '../../../ledger/charge.ts';
import { FILE_SLICE_ID } from '../../../ledger/slice.ts';
import type { UnassignedAccount } from '../../../operations/ports/workload-facts.ts';
import { HASH_ONLY, queryOf } from './tenant-window.ts';
import { stageUncounted } from './uncounted.ts';
import type { CostQuestion } from './workload-costs.ts';
import { movedLines, stageWorkloads } from './workload-matches.ts';

interface Row {
  readonly account_id: string | null;
  readonly running: DecimalString | null;
  readonly billed: DecimalString | null;
}

/** What `workloadCosts` has under no workload, by account; dearest first. */
export async function unassignedAccounts(client: pg.ClientBase, question: CostQuestion): Promise<readonly UnassignedAccount[]> {
  const { view, currency, period } = question;
  const query = queryOf(client);
  await query(HASH_ONLY, []);
  const hasResources = await stageWorkloads(query);
  const moved = hasResources ? movedLines(await stageUncounted(query, view, period)) : null;
  const given = [view, period.start, period.end];
  const { rows } = await query<Row>(
    unassignedSql(moved, hasResources ? '$6' : '$4'),
    hasResources ? [...given, FILE_SLICE_ID, NOT_RUNNING_CHARGE_TYPES, currency] : [...given, currency],
  );
  return rows.map(({ account_id, running, billed }) => ({ accountId: account_id, runningCost: running, billedCost: billed }));
}

const unassignedSql = (moved: string | null, currency: string) => `
  with part as (
    select s.account_ref, s.billed_cost, s.running_cost
      from app.spend_day s left join pg_temp.account_workload a on a.account_ref = s.account_ref
     where s.price_view = $1 and s.day >= $2 and s.day < $3 and s.currency = ${currency} and s.counted and a.position is null
    ${moved === null ? '' : `union all select account_ref, billed_cost, running_cost from ${moved} m where currency = ${currency} and position is null`})
  select a.account_id, trim_scale(sum(part.running_cost))::text as running, trim_scale(sum(part.billed_cost))::text as billed
    from part left join app.account a on a.id = part.account_ref
   group by a.account_id
  having sum(part.running_cost) <> 0 or sum(part.billed_cost) <> 0
   order by coalesce(sum(part.running_cost), sum(part.billed_cost)) desc, a.account_id collate "C"`;
