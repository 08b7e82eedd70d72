import { type Day, dayNumber } from '../../../kernel/calendar.ts';
import { type Asset, HOURS_PER_WEEK, type HourlyMeter } from '../asset.ts';
import { type Dice, diceOf } from '../dice.ts';

const HOURS_PER_DAY = 24;
const FULL = 1000;
/** Of a hundred assets: so many run every week alike, so many now and then otherwise, the rest otherwise more often than not. */
const STEADY = 0.55;
const RESTLESS = 0.85;

/** Which assets there are in a week, with the hours that they run in it. */
export type AssetsOfWeek = (day: Day) => readonly Asset[];

/** The plain company: one week is like the next. */
export function steadyAssets(assets: readonly Asset[]): AssetsOfWeek {
  return () => assets;
}

/**
 * Weeks that differ as real ones do: a machine rests for a day or three, or one with office hours runs through a night or a weekend. Some assets never
 * do, some now and then, some often; what was restless stays restless. What acting would leave of an asset rests and runs with it.
 */
export function unsteadyAssets(seed: number, assets: readonly Asset[]): AssetsOfWeek {
  const weeks = new Map<number, readonly Asset[]>();
  return (day) => {
    const week = weekOf(day);
    const known = weeks.get(week) ?? assets.map((asset) => inWeek(seed, asset, week));
    weeks.set(week, known);
    return known;
  };
}

/** Monday is the first day; day 0 (1970-01-01) was a Thursday. */
function weekOf(day: Day): number {
  return Math.floor((dayNumber(day) + 3) / 7);
}

function inWeek(seed: number, asset: Asset, week: number): Asset {
  const { resourceId } = asset.resource;
  if (asset.usage.hourly.length === 0 || asset.reservation !== null) return asset;
  const temper = diceOf('temper', seed, resourceId).next();
  if (temper < STEADY) return asset;
  const dice = diceOf('week', seed, resourceId, week);
  if (dice.next() > (temper < RESTLESS ? 0.2 : 0.6)) return asset;
  const mostDays = temper < RESTLESS ? 1 : 3;
  const change = changeOf(dice, dice.whole(1, mostDays));
  const changed = (meter: HourlyMeter): HourlyMeter => ({ ...meter, levels: change(meter.levels) });
  return {
    ...asset,
    usage: { ...asset.usage, hourly: asset.usage.hourly.map(changed) },
    waste: asset.waste && {
      ...asset.waste,
      after: { ...asset.waste.after, hourly: asset.waste.after.hourly.map(changed) },
    },
  };
}

/** Rests on some days, or runs through them: who always runs can only rest. */
function changeOf(dice: Dice, days: number): (levels: Uint16Array) => Uint16Array {
  const first = dice.whole(0, 6);
  const runsMore = dice.next() < 0.5;
  return (levels) => {
    const always = levels.every((level) => level === FULL);
    const level = runsMore && !always ? FULL : 0;
    const week = Uint16Array.from(levels);
    for (let index = 0; index < days; index++) {
      const start = ((first + index) % 7) * HOURS_PER_DAY;
      week.fill(level, start, Math.min(HOURS_PER_WEEK, start + HOURS_PER_DAY));
    }
    return week;
  };
}
