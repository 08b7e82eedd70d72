import { addDays, type Day, eachDay } from '../kernel/calendar.ts';
import { Exact, exact } from '../kernel/money.ts';
import { isCommittable } from '../ledger/hourly-usage.ts';
import type { ResourceFacts } from '../ledger/resource.ts';
import { isCovered, monthlyCosts, rangeOf, recentPeriod } from './costing.ts';
import type { Confidence, Effect, Outcome, SavingsRange, Subject } from './detector.ts';
import type { SnapshotView } from './snapshot-view.ts';

type Finding = Extract<Outcome, { kind: 'finding' }>;

/**
 * What the next month may do although the last weeks did not. Found by `npm run -s bench -- calibration`: with these the true saving lies inside
 * the range as often as the confidence says.
 */
const UNSEEN = {
  /** A machine rests for some days. */
  rests: new Exact('0.92'),
  /** One that does not always run, runs more. */
  runsMore: new Exact('1.15'),
  /** Of the usage that a commitment pays: what it is worth to others moves with what they use. */
  floats: new Exact('0.02'),
} as const;
/** How sure the range of a machine is whose weeks were alike, and of one whose were not. */
const ALIKE = 0.95;
const VARIED = 0.9;
/** Any of these may mean that it stays as it is, or that less can be done. */
const MAY_SAVE_NOTHING: ReadonlySet<string> = new Set([
  'purposeUnknown',
  'memoryNotMeasured',
  'criticalWorkload',
  'instanceStoreLost',
  'architectureDiffers',
  'vendorSupport',
  'billOnly',
]);
const WEEK = 7;

/** The range and its confidence once the usage's own variation and every doubt have had their say. */
export function spreadOf(
  subject: Subject | ResourceFacts,
  finding: Finding,
  view: SnapshotView,
): Pick<Finding, 'savings' | 'confidence'> {
  const { savings, confidence, effect } = finding;
  const doubted = (range: SavingsRange): SavingsRange =>
    confidence.because.some((doubt) => MAY_SAVE_NOTHING.has(doubt)) ? { ...range, low: '0' } : range;
  if (!('lines' in subject) || !isOfMachine(effect)) return { savings: doubted(savings), confidence };
  const pace = paceOf(subject, view);
  if (pace === null) return { savings: doubted(savings), confidence };
  const floats = isCovered(monthlyCosts(subject, view, isCommittable))
    ? exact(effect.monthlyCost).mul(UNSEEN.floats)
    : new Exact(0);
  const range = rangeOf(
    exact(savings.low).mul(pace.least).minus(floats),
    exact(savings.expected),
    exact(savings.high).mul(pace.most).plus(floats),
  );
  return { savings: doubted(range), confidence: saidOf(confidence, pace, floats.gt(0)) };
}

function isOfMachine({ component }: Effect): boolean {
  return component === 'compute' || component === 'hours' || component === '*' || component === 'extendedSupport';
}

function saidOf({ level, because }: Confidence, { varies }: Pace, floats: boolean): Confidence {
  const more = [...(varies ? ['usageVaries'] : []), ...(floats ? ['averageHours'] : [])];
  return { level: Math.min(varies ? VARIED : ALIKE, level), because: [...because, ...more] };
}

interface Pace {
  /** Per the recent week's cost: the emptiest and the fullest week that the days seen would make. */
  readonly least: Exact;
  readonly most: Exact;
  readonly varies: boolean;
}

/** Each weekday at its least and at its most. Null where nothing runs by the hour. */
function paceOf(resource: ResourceFacts, view: SnapshotView): Pace | null {
  const costs = new Map<Day, Exact>();
  let hours = new Exact(0);
  const { lineWindow } = view.snapshot;
  const recent = recentPeriod(resource, view);
  for (const line of resource.lines) {
    if (!isCommittable(line.meterKind) || line.day >= lineWindow.end) continue;
    costs.set(line.day, (costs.get(line.day) ?? new Exact(0)).plus(Exact.max(line.billedCost, line.effectiveCost)));
    if (line.day >= recent.start) hours = hours.plus(line.usageQuantity);
  }
  const days = [...eachDay(recent)];
  const now = days.reduce((sum, day) => sum.plus(costs.get(day) ?? 0), new Exact(0));
  if (now.lte(0)) return null;
  const first = resource.firstBilledDay < lineWindow.start ? lineWindow.start : addDays(resource.firstBilledDay, 1);
  let [least, most] = [new Exact(0), new Exact(0)];
  for (const day of days) {
    const seen: Exact[] = [];
    for (let same = day; same >= first; same = addDays(same, -WEEK)) seen.push(costs.get(same) ?? new Exact(0));
    least = least.plus(Exact.min(...seen));
    most = most.plus(Exact.max(...seen));
  }
  // No machine runs more than all hours of a day.
  const room = hours.gt(0) ? Exact.max(1, new Exact(days.length * 24).div(hours)) : new Exact(1);
  const varies = most.minus(least).gt(now.mul('0.005'));
  return {
    least: least.div(now).mul(UNSEEN.rests),
    most: Exact.max(1, Exact.min(room, most.div(now).mul(UNSEEN.runsMore))),
    varies,
  };
}
