import type pg from 'pg';
import type { Period } from '../../../kernel/calendar.ts';
import type { PriceView } from '../../../ledger/charge.ts';
import { meterOf } from '../../../ledger/meter.ts';
import { serviceNameOf } from '../../../ledger/service.ts';
import { FILE_SLICE_ID } from '../../../ledger/slice.ts';

/** What all parts of a snapshot are read for. */
export interface SnapshotFrame {
  readonly client: pg.ClientBase;
  readonly view: PriceView;
  readonly currency: string;
  readonly lineWindow: Period;
  readonly spendWindow: Period;
  readonly serviceWindow: Period;
  readonly feeds: readonly Feed[];
  readonly meters: ReadonlyMap<number, MeterWords>;
}

export interface Feed {
  readonly id: number;
  readonly connectionId: string;
  readonly sliceId: string;
}

/** A meter in the words of a snapshot: the region taken out of the usage type, the service as Cost Explorer calls it. */
export interface MeterWords {
  readonly serviceName: string;
  readonly meterKind: string;
  readonly regionId: string;
  readonly operation: string | null;
}

export async function readFeeds(client: pg.ClientBase, view: PriceView): Promise<readonly Feed[]> {
  const { rows } = await client.query<{ id: number; connection_id: string; slice_id: string }>(
    'select id, connection_id, slice_id from app.feed where price_view = $1 order by slice_id <> $2, connection_id, slice_id',
    [view, FILE_SLICE_ID],
  );
  return rows.map((row) => ({ id: row.id, connectionId: row.connection_id, sliceId: row.slice_id }));
}

export async function readMeters(client: pg.ClientBase): Promise<ReadonlyMap<number, MeterWords>> {
  const { rows } = await client.query<[number, string | null, string | null, string | null, string | null]>({
    text: 'select id, service_name, usage_type, operation, region_id from app.meter',
    rowMode: 'array',
  });
  return new Map(
    rows.map(([id, serviceName, usageType, operation, regionId]) => {
      const meter = meterOf(usageType ?? '');
      const words = {
        serviceName: serviceNameOf(serviceName ?? '', meter.kind),
        meterKind: meter.kind,
        regionId: regionId || meter.regionId,
      };
      return [id, { ...words, operation: operation || null }];
    }),
  );
}

/** Charge types that say a covered line again from the other side; the resource's own cost is on the covered line. */
export const MIRRORED_CHARGE_TYPES = ['SavingsPlanNegation'];

/**
 * Charges of the feeds in `$1`, as a FROM item with the columns of app.charge. Each fact comes over one connection only: within `sameFact`
 * (columns, the day among them) the one source of the account on that day, else a file before Cost Explorer, else the first by id. The
 * slices of one connection are of different services and stay together. Where nobody competes the window function is not paid for.
 */
export async function chargesOnce(frame: SnapshotFrame, feeds: readonly Feed[], sameFact: string): Promise<string> {
  const sources = new Set(feeds.map((feed) => `${feed.sliceId === FILE_SLICE_ID} ${feed.connectionId}`));
  const isContested = sources.size > 1 || (await hasUncounted(frame));
  if (!isContested) return 'app.charge';
  return `(select ranked.* from (
    select c.*, p.place, min(p.place) over (partition by ${sameFact}, c.currency) as best
      from app.charge c
      join app.feed f on f.id = c.feed_ref
      left join (select connection_id, price_view, day, account_ref, from_file, max(standing) as standing from app.spend_day
                  where not counted and account_ref is not null group by 1, 2, 3, 4, 5) u
        on u.connection_id = f.connection_id and u.price_view = f.price_view and u.day = c.day and u.account_ref = c.account_ref
       and u.from_file = (f.slice_id = '${FILE_SLICE_ID}')
     cross join lateral (
       select concat(u.standing is not null, f.slice_id <> '${FILE_SLICE_ID}', f.connection_id) collate "C" as place) p
     where c.feed_ref = any ($1) and u.standing is distinct from 2) ranked
    where place = best)`;
}

async function hasUncounted({ client, view, lineWindow }: SnapshotFrame): Promise<boolean> {
  const { rowCount } = await client.query(
    'select from app.spend_day where price_view = $1 and day >= $2 and day < $3 and not counted limit 1',
    [view, lineWindow.start, lineWindow.end],
  );
  return rowCount === 1;
}
