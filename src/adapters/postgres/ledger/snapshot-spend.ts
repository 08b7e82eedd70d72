import { addMonths, type Day, daysInMonth, firstDay, type Month, monthOf, type Period } from '../../../kernel/calendar.ts';
import type { DecimalString } from '../../../kernel/money.ts';
import { serviceNameOf } from '../../../ledger/service.ts';
import { FILE_SLICE_ID, METER_SLICE_ID } from '../../../ledger/slice.ts';
import type { MeterMonth, ServiceSpend } from '../../../ledger/snapshot.ts';
import { byText } from './order.ts';
import { UNATTRIBUTED } from './reconcile.ts';
import { chargesOnce, type SnapshotFrame } from './snapshot-feeds.ts';
import { readAccountIds } from './snapshot-resources.ts';

/** From the roll-up: counted cost by account, service and day. What a total has and no line has is of no service and left out. */
export async function readSpendByService(frame: SnapshotFrame): Promise<readonly ServiceSpend[]> {
  const { client, view, currency, serviceWindow } = frame;
  const { rows } = await client.query<[string, string, readonly Day[], readonly DecimalString[]]>({
    text: `select account_id, service_name, array_agg(day order by day), array_agg(cost order by day)
             from (select a.account_id, s.service_name, s.day::text as day, trim_scale(sum(s.running_cost))::text as cost
                     from app.spend_day s join app.account a on a.id = s.account_ref
                    where s.price_view = $1 and s.currency = $2 and s.day >= $3 and s.day < $4 and s.counted
                      and s.running_cost is not null and s.service_name <> $5
                    group by 1, 2, 3) d
            group by 1, 2`,
    values: [view, currency, serviceWindow.start, serviceWindow.end, UNATTRIBUTED],
    rowMode: 'array',
  });
  return rows
    .map(([accountId, serviceName, days, costs]) => ({
      accountId,
      serviceName: serviceNameOf(serviceName, null),
      days: days.map((day, index) => ({ day, runningCost: costs[index] ?? '0' })),
    }))
    .sort(byText((item) => `${item.accountId}\n${item.serviceName}`));
}

/** The two months before the one that is being settled. */
export function closedMonths(settledUntil: Day): Period {
  const month = monthOf(settledUntil);
  return { start: firstDay(addMonths(month, -2)), end: firstDay(month) };
}

/** Account, meter, month, usage, billed. */
type Row = readonly [number, number, Month, DecimalString | null, DecimalString];

/** Invoice lines by account and usage type of months that have closed and of which every day was read. */
export async function readMeterMonths(frame: SnapshotFrame): Promise<readonly MeterMonth[]> {
  const window = closedMonths(frame.lineWindow.end);
  const feeds = frame.feeds.filter((feed) => feed.sliceId === METER_SLICE_ID || feed.sliceId === FILE_SLICE_ID);
  const whole = await readWholeMonths(
    frame,
    feeds.map((feed) => feed.id),
    window,
  );
  if (whole.length === 0) return [];
  const accounts = await readAccountIds(frame);
  const { rows } = await frame.client.query<Row & unknown[]>({
    text: `select c.account_ref, c.meter_ref, to_char(c.day, 'YYYY-MM'), trim_scale(sum(c.usage_quantity)), trim_scale(sum(c.billed_cost))
             from ${await chargesOnce({ ...frame, lineWindow: window }, feeds, 'c.account_ref, c.day')} c
            where c.feed_ref = any ($1) and c.account_ref is not null and c.currency = $2 and c.day >= $3 and c.day < $4
              and concat(c.feed_ref, ' ', to_char(c.day, 'YYYY-MM')) = any ($5)
            group by 1, 2, 3`,
    values: [feeds.map((feed) => feed.id), frame.currency, window.start, window.end, whole],
    rowMode: 'array',
  });
  return rows
    .flatMap(([accountRef, meterRef, month, usageQuantity, billedCost]): MeterMonth[] => {
      const [accountId, meter] = [accounts.get(accountRef), frame.meters.get(meterRef)];
      if (accountId === undefined || meter === undefined) return [];
      const { meterKind, regionId } = meter;
      return [{ accountId, serviceName: meter.serviceName || null, regionId, meterKind, month, usageQuantity, billedCost }];
    })
    .sort(byText((item) => `${item.accountId}\n${item.month}\n${item.regionId}\n${item.meterKind}\n${item.serviceName ?? ''}`));
}

/** "feed month" for each month that this feed has told whole and for good. */
async function readWholeMonths({ client, currency }: SnapshotFrame, feeds: readonly number[], window: Period): Promise<string[]> {
  const { rows } = await client.query<[number, Month, number]>({
    text: `select feed_ref, to_char(day, 'YYYY-MM'), count(*)::integer from app.charge_day_status
            where feed_ref = any ($1) and currency = $2 and day >= $3 and day < $4
            group by 1, 2 having not bool_or(estimated)`,
    values: [feeds, currency, window.start, window.end],
    rowMode: 'array',
  });
  return rows.filter(([, month, days]) => days === daysInMonth(month)).map(([feed, month]) => `${feed} ${month}`);
}
