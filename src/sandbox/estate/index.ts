import { addDays, type Day, type Month, monthOf, monthsIn, type Period, periodOfMonth } from '../../kernel/calendar.ts';
import { AdvisorError } from '../../kernel/failure.ts';
import { allocationTags, costCategories } from './allocation.ts';
import { type Asset, isOn } from './asset.ts';
import { hoursOf } from './bill/hours.ts';
import { monthLines } from './bill/month.ts';
import { drawUp } from './build/estate.ts';
import { coverableUsage, reservationsOf } from './commitments.ts';
import { anchorOf, calendarOf, ESTATE_ACCOUNTS, REGION_IDS } from './company.ts';
import { migrationPlan } from './plan.ts';
import { sandboxPrices } from './prices/catalogue.ts';
import { savingsPlanRates } from './prices/plan-rates.ts';
import { plantedWastes } from './truth/wastes.ts';
import type { Decoy, Estate, EstateCharge, EstateResource } from './types.ts';

export { LOOKBACK_DAYS } from './build/utilization.ts';
export { halfOf, successorOf } from './prices/ec2.ts';
export { halfOfClass } from './prices/rds.ts';
export { WASTE_DETECTORS } from './truth/wastes.ts';

export interface EstateOptions {
  readonly seed: number;
  /** The day on which we look: the bill ends the day before. */
  readonly asOf: Day;
  /** About how many resources the company has. */
  readonly resources: number;
  /**
   * The day that the company's calendar hangs on; default: the first day of `asOf`'s quarter. Keep it when `asOf` moves on and the history has
   * to stay the same across the end of a quarter.
   */
  readonly anchor?: Day;
  /** Weeks differ as real ones do (`bill/unsteady.ts`), and `wastes()` says what the four weeks to come will lose. Default: each week is like the next. */
  readonly unsteady?: boolean;
}

const LEAST_RESOURCES = 50;

/**
 * The fictional company, as a pure function of its options. Throws INVALID_INPUT when `asOf` lies before `anchor` or there are too few resources
 * to hold its wastes.
 */
export function createEstate({ seed, asOf, resources, anchor = anchorOf(asOf), unsteady = false }: EstateOptions): Estate {
  if (asOf < anchor) {
    throw new AdvisorError('INVALID_INPUT', `the sandbox's day ${asOf} lies before its anchor ${anchor}`, 'Choose a later day.');
  }
  if (!Number.isSafeInteger(resources) || resources < LEAST_RESOURCES) {
    throw new AdvisorError(
      'INVALID_INPUT',
      `${resources} resources are too few for the sandbox`,
      `Ask for ${LEAST_RESOURCES} or more.`,
    );
  }
  const { model, heardOf } = drawUp(seed, asOf, resources, calendarOf(anchor), unsteady);
  // One month is kept: who reads day by day finds it at hand, and a walk over all of them holds little.
  let kept: { readonly month: Month; readonly lines: ReadonlyMap<Day, EstateCharge[]> } | null = null;
  const linesOf = (month: Month): ReadonlyMap<Day, EstateCharge[]> => {
    if (kept?.month === month) return kept.lines;
    kept = null;
    const lines = monthLines(model, month);
    kept = { month, lines };
    return lines;
  };
  const seen = model.assets.map(({ resource }) => asSeen(resource, asOf));
  return {
    seed,
    asOf,
    currency: 'USD',
    accounts: ESTATE_ACCOUNTS,
    regionIds: REGION_IDS,
    resources: () => seen,
    charges: (period) => chargesIn(period, linesOf),
    allocationTags: () => allocationTags(seen, model.calendar),
    costCategories: () => costCategories(model.calendar),
    hours: (day) => hoursOf(model, day, linesOf(monthOf(day)).get(day) ?? []),
    wastes: () => plantedWastes(model),
    decoys: () => model.assets.flatMap((asset) => decoyOf(asset, asOf)),
    prices: sandboxPrices,
    savingsPlans: () => model.savingsPlans.filter((plan) => plan.start <= asOf),
    reservations: () => reservationsOf(model),
    savingsPlanRates,
    coverableUsage: (day) => coverableUsage(model, day),
    plan: () => migrationPlan(seed, model.calendar, heardOf, seen, (month) => chargesIn(periodOfMonth(month), linesOf)),
  };
}

function* chargesIn(period: Period, linesOf: (month: Month) => ReadonlyMap<Day, EstateCharge[]>): Generator<EstateCharge> {
  for (const month of monthsIn(period)) {
    for (const [day, lines] of linesOf(month)) if (day >= period.start && day < period.end) yield* lines;
  }
}

/** What lies in the future on the day of looking is not known yet. */
function asSeen(resource: EstateResource, asOf: Day): EstateResource {
  const until = resource.until !== null && resource.until <= asOf ? resource.until : null;
  const isUnattached = resource.unattachedSince !== null && resource.unattachedSince < asOf;
  if (isUnattached) return { ...resource, until, attachedTo: null };
  return { ...resource, until, unattachedSince: null };
}

function decoyOf({ resource, decoy }: Asset, asOf: Day): Decoy[] {
  if (decoy === null || !isOn(resource, addDays(asOf, -1))) return [];
  const isStillAttached = resource.unattachedSince !== null && resource.unattachedSince >= asOf;
  const { accountId, regionId, resourceId } = resource;
  return isStillAttached ? [] : [{ accountId, regionId, resourceId, why: decoy }];
}
