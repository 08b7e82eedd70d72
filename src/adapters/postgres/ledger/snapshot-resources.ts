import { type Day, dayFromNumber } from '../../../kernel/calendar.ts';
import { type DecimalString, Exact, exact, plain } from '../../../kernel/money.ts';
import { NOT_RUNNING_CHARGE_TYPES } from '../../../ledger/charge.ts';
import type { ResourceFacts, Tag, UsageLine } from '../../../ledger/resource.ts';
import { resourceTypeOf } from '../../../ledger/resource-type.ts';
import { FILE_SLICE_ID } from '../../../ledger/slice.ts';
import type { Utilization } from '../../../ledger/utilization.ts';
import { byText } from './order.ts';
import { chargesOnce, type MeterWords, MIRRORED_CHARGE_TYPES, type SnapshotFrame } from './snapshot-feeds.ts';

/** Account, resource, meter, day number, usage, billed, effective. */
type LineRow = readonly [number | null, string, number, number, DecimalString | null, DecimalString, DecimalString];

interface Draft {
  readonly accountRef: number | null;
  readonly resourceRef: string;
  readonly lines: Map<string, UsageLine>;
  /** Billed cost by region and by operation, to tell the resource's own from a side line's. */
  readonly regions: Map<string, Exact>;
  readonly operations: Map<string, Exact>;
}

/** Every resource that was billed in the line window, oldest line first; two lines of the same day and usage type are one. */
export async function readResources(frame: SnapshotFrame): Promise<readonly ResourceFacts[]> {
  const drafts = draftsOf(await readLines(frame), frame.meters);
  const [billedDays, observed, names, accounts] = [
    await readBilledDays(frame),
    await readObserved(frame),
    await readNames(frame, drafts),
    await readAccountIds(frame),
  ];
  return drafts
    .map((draft): ResourceFacts => {
      const resourceId = names.get(draft.resourceRef) ?? '';
      const accountId = (draft.accountRef !== null && accounts.get(draft.accountRef)) || '';
      const lines = [...draft.lines.values()].sort(byText((line) => `${line.day}\n${line.serviceName}\n${line.meterKind}`));
      const seen = observed.get(`${accountId}\n${draft.resourceRef}`);
      const days = billedDays.get(draft.resourceRef);
      return {
        accountId,
        regionId: seen?.regionId || largest(draft.regions) || '',
        resourceId,
        resourceType: resourceTypeOf(resourceId, lines),
        operation: seen?.operation ?? largest(draft.operations),
        tags: seen?.tags ?? [],
        firstBilledDay: days?.[0] ?? lines[0]?.day ?? '',
        lastBilledDay: days?.[1] ?? lines.at(-1)?.day ?? '',
        lines,
        utilization: seen?.utilization ?? null,
      };
    })
    .sort(byText((item) => `${item.accountId}\n${item.resourceId}`));
}

const resourceFeeds = ({ feeds }: SnapshotFrame) =>
  feeds.filter((feed) => feed.sliceId.startsWith('resource:') || feed.sliceId === FILE_SLICE_ID);

async function readLines(frame: SnapshotFrame): Promise<readonly LineRow[]> {
  const feeds = resourceFeeds(frame);
  if (feeds.length === 0) return [];
  const { rows } = await frame.client.query<LineRow & unknown[]>({
    text: `select c.account_ref, c.resource_ref, c.meter_ref, c.day - date '1970-01-01',
                  trim_scale(sum(c.usage_quantity)), trim_scale(sum(c.billed_cost)), trim_scale(sum(c.effective_cost))
             from ${await chargesOnce(frame, feeds, 'c.resource_ref, c.day')} c
            where c.feed_ref = any ($1) and c.resource_ref is not null and c.currency = $2 and c.day >= $3 and c.day < $4
              and coalesce(c.charge_type, '') <> all ($5)
            group by 1, 2, 3, 4`,
    values: [
      feeds.map((feed) => feed.id),
      frame.currency,
      frame.lineWindow.start,
      frame.lineWindow.end,
      [...NOT_RUNNING_CHARGE_TYPES, ...MIRRORED_CHARGE_TYPES],
    ],
    rowMode: 'array',
  });
  return rows;
}

function draftsOf(rows: readonly LineRow[], meters: ReadonlyMap<number, MeterWords>): readonly Draft[] {
  const drafts = new Map<string, Draft>();
  const accountsOf = new Map<string, Set<number>>();
  for (const [accountRef, resourceRef] of rows) {
    if (accountRef === null) continue;
    const known = accountsOf.get(resourceRef);
    if (known) known.add(accountRef);
    else accountsOf.set(resourceRef, new Set([accountRef]));
  }
  for (const row of rows) {
    const [, resourceRef, meterRef] = row;
    const meter = meters.get(meterRef);
    if (meter === undefined) continue;
    const accountRef = row[0] ?? onlyOne(accountsOf.get(resourceRef));
    const key = `${accountRef} ${resourceRef}`;
    const draft = drafts.get(key) ?? { accountRef, resourceRef, lines: new Map(), regions: new Map(), operations: new Map() };
    drafts.set(key, draft);
    addLine(draft, row, meter);
  }
  return [...drafts.values()];
}

/** A line that names no account belongs to the one that the resource's other lines name. */
function onlyOne(accounts: ReadonlySet<number> | undefined): number | null {
  const [first, ...others] = accounts ?? [];
  return first !== undefined && others.length === 0 ? first : null;
}

function addLine(draft: Draft, [, , , dayOffset, usage, billed, effective]: LineRow, meter: MeterWords): void {
  const day = dayTextOf(dayOffset);
  const key = `${day}\n${meter.serviceName}\n${meter.meterKind}`;
  const same = draft.lines.get(key);
  draft.lines.set(key, {
    day,
    serviceName: meter.serviceName,
    meterKind: meter.meterKind,
    usageQuantity: same ? added(same.usageQuantity, usage ?? '0') : (usage ?? '0'),
    billedCost: same ? added(same.billedCost, billed) : billed,
    effectiveCost: same ? added(same.effectiveCost, effective) : effective,
  });
  weigh(draft.regions, meter.regionId, billed);
  if (meter.operation !== null) weigh(draft.operations, meter.operation, billed);
}

const dayTexts = new Map<number, Day>();

function dayTextOf(offset: number): Day {
  const known = dayTexts.get(offset);
  if (known !== undefined) return known;
  const day = dayFromNumber(offset);
  dayTexts.set(offset, day);
  return day;
}

function added(a: DecimalString, b: DecimalString): DecimalString {
  return plain(exact(a).plus(b));
}

function weigh(weights: Map<string, Exact>, name: string, cost: DecimalString): void {
  weights.set(name, new Exact(cost).abs().plus(weights.get(name) ?? 0));
}

function largest(weights: ReadonlyMap<string, Exact>): string | null {
  const [first] = [...weights].sort(([a, x], [b, y]) => y.comparedTo(x) || (a < b ? -1 : 1));
  return first?.[0] ?? null;
}

/** First and last settled day with a charge, over everything we hold. */
async function readBilledDays(frame: SnapshotFrame): Promise<ReadonlyMap<string, readonly [Day, Day]>> {
  const { rows } = await frame.client.query<[string, Day, Day]>({
    text: `select resource_ref, min(day), max(day) from app.charge
            where feed_ref = any ($1) and resource_ref is not null and day < $2 group by resource_ref`,
    values: [resourceFeeds(frame).map((feed) => feed.id), frame.lineWindow.end],
    rowMode: 'array',
  });
  return new Map(rows.map(([resourceRef, first, last]) => [resourceRef, [first, last]]));
}

interface Observed {
  readonly regionId: string;
  readonly tags: readonly Tag[];
  readonly utilization: Utilization | null;
  readonly operation: string | null;
}

/** What other sources say, the newest measurement first, then the tags of bills; a later source fills what an earlier one left open. */
async function readObserved(frame: SnapshotFrame): Promise<ReadonlyMap<string, Observed>> {
  const { rows } = await frame.client.query<[string, string, string, Tag[], Utilization | null, string | null]>({
    text: `select account_id, resource_ref, region_id, tags, utilization, operation from (
             select account_id, resource_ref, region_id, tags, utilization, operation, null::date as seen_on, connection_id
               from app.observed_resource
              union all select account_id, resource_ref, '', tags, null, null, seen_on, connection_id from app.bill_tag) o
            order by seen_on desc nulls first, utilization ->> 'asOf' desc nulls last, connection_id`,
    rowMode: 'array',
  });
  const observed = new Map<string, Observed>();
  for (const [accountId, resourceRef, regionId, tags, utilization, operation] of rows) {
    const key = `${accountId}\n${resourceRef}`;
    const known = observed.get(key);
    observed.set(key, {
      regionId: known?.regionId || regionId,
      tags: known && known.tags.length > 0 ? known.tags : tags,
      utilization: known?.utilization ?? utilization,
      operation: known?.operation ?? operation,
    });
  }
  return observed;
}

async function readNames(frame: SnapshotFrame, drafts: readonly Draft[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await frame.client.query<[string, string]>({
    text: 'select id, resource_id from app.resource where id = any ($1::bigint[])',
    values: [[...new Set(drafts.map((draft) => draft.resourceRef))]],
    rowMode: 'array',
  });
  return new Map(rows);
}

export async function readAccountIds({ client }: Pick<SnapshotFrame, 'client'>): Promise<ReadonlyMap<number, string>> {
  const { rows } = await client.query<[number, string]>({ text: 'select id, account_id from app.account', rowMode: 'array' });
  return new Map(rows);
}
