import type { Day } from '../../kernel/calendar.ts';
import { meterOf } from '../../ledger/meter.ts';
import type { MeterSeries, Snapshot } from '../../ledger/snapshot.ts';
import { sharingGroupOf } from '../sharing-group.ts';
import type { DayShape } from './hourly-shape.ts';

/** What is known by the hour of one sharing group. */
export interface HoursKnown {
  /** By service: days that were read; a meter without a row on such a day did not run. */
  readonly knownDays: ReadonlyMap<string, ReadonlySet<Day>>;
  /** By meter (`meterKey`), then by day. */
  readonly shapes: ReadonlyMap<string, ReadonlyMap<Day, DayOfHours>>;
}

export interface DayOfHours {
  readonly cost: DayShape;
  readonly quantity: number;
}

type MeterName = Pick<MeterSeries, 'accountId' | 'serviceName' | 'regionId' | 'meterKind'>;

export function meterKey({ accountId, serviceName, regionId, meterKind }: MeterName): string {
  return JSON.stringify([accountId, serviceName, regionId, meterKind]);
}

/** The parts again, whatever strangers wrote into them. */
export function meterOfKey(key: string): MeterName {
  const [accountId = '', serviceName = '', regionId = '', meterKind = ''] = JSON.parse(key) as string[];
  return { accountId, serviceName, regionId, meterKind };
}

const cache = new WeakMap<Snapshot, ReadonlyMap<string, HoursKnown>>();
const NOTHING: HoursKnown = { knownDays: new Map(), shapes: new Map() };

/** Read once a snapshot, whatever the number of groups and questions: a large company has millions of hours. */
export function hoursKnown(snapshot: Snapshot, groupId: string): HoursKnown {
  const known = cache.get(snapshot) ?? readAll(snapshot);
  cache.set(snapshot, known);
  return known.get(groupId) ?? NOTHING;
}

function readAll(snapshot: Snapshot): ReadonlyMap<string, HoursKnown> {
  const { hourly } = snapshot.commitmentFacts;
  const knownDays = new Map(hourly.knownDays.map(({ serviceName, days }) => [serviceName, new Set(days)]));
  const groups = new Map<string, Map<string, Map<Day, DayOfHours>>>();
  for (const item of hourly.usage) {
    const groupId = sharingGroupOf(item.accountId, { snapshot });
    const { kind, regionId } = meterOf(item.usageType);
    const key = meterKey({ ...item, regionId, meterKind: kind });
    const meters = groups.get(groupId) ?? new Map<string, Map<Day, DayOfHours>>();
    const days = meters.get(key) ?? new Map<Day, DayOfHours>();
    groups.set(groupId, meters.set(key, days));
    days.set(item.day, {
      cost: item.billedCost.map(Number),
      quantity: item.usageQuantity.reduce((total, one) => total + Number(one), 0),
    });
  }
  return new Map([...groups].map(([groupId, shapes]) => [groupId, { knownDays, shapes }]));
}
