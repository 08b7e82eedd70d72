import type pg from 'pg';
import { firstDay, monthOf } from '../../../kernel/calendar.ts';
import { AdvisorError } from '../../../kernel/failure.ts';
import { meterOf } from '../../../ledger/meter.ts';
import type { LedgerReader, Mover, Movers } from '../../../operations/ports/ledger.ts';
import { horizonOf } from './freshness.ts';

const MAXIMUM_MOVERS = 500;

/** INVALID_INPUT for a limit that cannot be. */
export async function movers(
  client: pg.ClientBase,
  { month, basis, currency, limit }: Parameters<LedgerReader['movers']>[1],
): Promise<Movers> {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAXIMUM_MOVERS) {
    throw new AdvisorError('INVALID_INPUT', `A list of ${limit} cannot be read.`, `Ask for 1 to ${MAXIMUM_MOVERS} movers.`);
  }
  const { view, dataAsOf, provisionalFrom } = await horizonOf(client);
  const { rows } = await client.query<Mover>(
    `select service_name as "serviceName", usage_type as "usageType", region_id as "regionId",
            trim_scale(coalesce(cost, 0))::text as cost, trim_scale(coalesce(previous_cost, 0))::text as "previousCost",
            trim_scale(change)::text as change
       from app.spend_mover
      where price_view = $1 and month = $2 and basis = $3 and currency = $4 and change is not null
      order by abs(spend_mover.change) desc, service_name collate "C", usage_type collate "C", region_id collate "C" limit $5`,
    [view, firstDay(month), basis, currency, limit],
  );
  return {
    dataAsOf,
    isProvisional:
      provisionalFrom !== null && monthOf(provisionalFrom) <= month && dataAsOf !== null && monthOf(dataAsOf) >= month,
    isComparable: rows.length > 0,
    movers: rows.map((row) => ({ ...row, regionId: row.regionId ?? (row.usageType ? meterOf(row.usageType).regionId : null) })),
  };
}
