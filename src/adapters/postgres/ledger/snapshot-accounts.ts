import { type Day, daysIn, eachDay } from '../../../kernel/calendar.ts';
import { type DecimalString, exact, plain } from '../../../kernel/money.ts';
import { SERVICE } from '../../../ledger/service.ts';
import { FILE_SLICE_ID, ON_DEMAND_SLICE_ID } from '../../../ledger/slice.ts';
import type { AccountFacts, MeterSeries } from '../../../ledger/snapshot.ts';
import { byText } from './order.ts';
import { chargesOnce, type Feed, type MeterWords, type SnapshotFrame } from './snapshot-feeds.ts';
import { readAccountIds } from './snapshot-resources.ts';

/** Machine hours that a commitment can cover; Spot cannot be. */
const MACHINE_HOURS = /^(BoxUsage|DedicatedUsage|HostBoxUsage|HostUsage|UnusedBox|UnusedDed)(:|$)/;

/**
 * Accounts with counted cost in the line window. Those of one payer share their commitments (AWS's default; we have not read the
 * payer's setting); over a payer of another tenant the connection stands for it.
 */
export async function readAccounts({
  client,
  view,
  currency,
  lineWindow,
  spendWindow,
}: SnapshotFrame): Promise<readonly AccountFacts[]> {
  const { rows } = await client.query<{ account_id: string; account_name: string | null; cost: DecimalString; payer: string }>(
    `select a.account_id, a.account_name, s.cost, coalesce(c.payer_account_id, s.connection_id::text) as payer
       from (select account_ref, (array_agg(connection_id order by day desc, connection_id))[1] as connection_id,
                    trim_scale(coalesce(sum(running_cost) filter (where day >= $5 and day < $6), 0))::text as cost
               from app.spend_day
              where price_view = $1 and currency = $2 and day >= $3 and day < $4 and counted and account_ref is not null
              group by account_ref) s
       join app.account a on a.id = s.account_ref
       left join app.connection c on c.id = s.connection_id`,
    [view, currency, lineWindow.start, lineWindow.end, spendWindow.start, spendWindow.end],
  );
  return rows
    .map((row) => ({
      accountId: row.account_id,
      accountName: row.account_name,
      sharingGroupId: row.payer,
      runningCost: row.cost,
    }))
    .sort(byText((account) => account.accountId));
}

/** Account, meter, feed, day, usage, billed, effective. */
type MeterRow = readonly [number, number, number, Day, DecimalString | null, DecimalString, DecimalString];
type SeriesDay = MeterSeries['days'][number];

interface Draft extends Omit<MeterSeries, 'days'> {
  readonly days: Map<Day, SeriesDay>;
  readonly feedRefs: Set<number>;
}

/** On-demand machine usage by account. A day that was pulled and has no line is a day without usage; a day never pulled is left out. */
export async function readOnDemandMeters(frame: SnapshotFrame): Promise<readonly MeterSeries[]> {
  const feeds = frame.feeds.filter((feed) => feed.sliceId === ON_DEMAND_SLICE_ID || feed.sliceId === FILE_SLICE_ID);
  if (feeds.length === 0) return [];
  const accounts = await readAccountIds(frame);
  const drafts = new Map<string, Draft>();
  for (const row of await readMeterRows(frame, feeds)) {
    const isFile = feeds.some((feed) => feed.id === row[2] && feed.sliceId === FILE_SLICE_ID);
    const meter = onDemandMeter(frame.meters.get(row[1]), isFile);
    const accountId = accounts.get(row[0]);
    if (meter !== null && accountId !== undefined) addDay(drafts, accountId, meter, row);
  }
  const pulledDays = await readPulledDays(frame, feeds);
  return [...drafts.values()]
    .map(({ days, feedRefs, ...series }) => ({ ...series, days: withQuietDays(days, feedRefs, pulledDays, frame) }))
    .sort(byText((series) => `${series.accountId}\n${series.serviceName}\n${series.regionId}\n${series.meterKind}`));
}

async function readMeterRows(frame: SnapshotFrame, feeds: readonly Feed[]): Promise<readonly MeterRow[]> {
  const { rows } = await frame.client.query<MeterRow & unknown[]>({
    text: `select c.account_ref, c.meter_ref, c.feed_ref, c.day,
                  trim_scale(sum(c.usage_quantity)), trim_scale(sum(c.billed_cost)), trim_scale(sum(c.effective_cost))
             from ${await chargesOnce(frame, feeds, 'c.account_ref, c.day')} c
            where c.feed_ref = any ($1) and c.account_ref is not null and c.currency = $2 and c.day >= $3 and c.day < $4
              and c.charge_type = 'Usage'
            group by 1, 2, 3, 4`,
    values: [feeds.map((feed) => feed.id), frame.currency, frame.spendWindow.start, frame.spendWindow.end],
    rowMode: 'array',
  });
  return rows;
}

function onDemandMeter(meter: MeterWords | undefined, isFile: boolean): MeterWords | null {
  if (meter === undefined) return null;
  if (isFile && !(meter.serviceName === SERVICE.ec2Compute && MACHINE_HOURS.test(meter.meterKind))) return null;
  return { ...meter, serviceName: SERVICE.ec2Compute };
}

function addDay(drafts: Map<string, Draft>, accountId: string, meter: MeterWords, row: MeterRow): void {
  const [, , feedRef, day, usage, billedCost, effectiveCost] = row;
  const { serviceName, regionId, meterKind } = meter;
  const key = `${accountId}\n${regionId}\n${meterKind}`;
  const draft = drafts.get(key) ?? { accountId, serviceName, regionId, meterKind, days: new Map(), feedRefs: new Set() };
  drafts.set(key, draft);
  draft.feedRefs.add(feedRef);
  const same = draft.days.get(day);
  const sum = (a: DecimalString | undefined, b: DecimalString) => (a === undefined ? b : plain(exact(a).plus(b)));
  draft.days.set(day, {
    day,
    usageQuantity: sum(same?.usageQuantity, usage ?? '0'),
    billedCost: sum(same?.billedCost, billedCost),
    effectiveCost: sum(same?.effectiveCost, effectiveCost),
  });
}

function withQuietDays(
  days: ReadonlyMap<Day, SeriesDay>,
  feedRefs: ReadonlySet<number>,
  pulledDays: ReadonlySet<string>,
  { spendWindow }: SnapshotFrame,
): readonly SeriesDay[] {
  if (days.size === daysIn(spendWindow)) return [...days.values()].sort(byText((item) => item.day));
  const series: SeriesDay[] = [];
  for (const day of eachDay(spendWindow)) {
    const known = days.get(day);
    if (known) series.push(known);
    else if ([...feedRefs].some((feedRef) => pulledDays.has(`${feedRef} ${day}`))) {
      series.push({ day, usageQuantity: '0', billedCost: '0', effectiveCost: '0' });
    }
  }
  return series;
}

async function readPulledDays(
  { client, currency, spendWindow }: SnapshotFrame,
  feeds: readonly Feed[],
): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<[number, Day]>({
    text: 'select feed_ref, day from app.charge_day_status where feed_ref = any ($1) and currency = $2 and day >= $3 and day < $4',
    values: [feeds.map((feed) => feed.id), currency, spendWindow.start, spendWindow.end],
    rowMode: 'array',
  });
  return new Set(rows.map(([feedRef, day]) => `${feedRef} ${day}`));
}
