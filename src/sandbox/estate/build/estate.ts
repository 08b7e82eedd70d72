import { addMonths, type Day, firstDay, monthOf } from '../../../kernel/calendar.ts';
import { type Asset, HOURS_PER_WEEK, isOn } from '../asset.ts';
import type { HourlyItem } from '../bill/hourly-item.ts';
import { type BillModel, coverableItems } from '../bill/model.ts';
import { steadyAssets, unsteadyAssets } from '../bill/unsteady.ts';
import { accountIdOf, type Calendar } from '../company.ts';
import type { EstateSavingsPlan, TenBillionths } from '../types.ts';
import { AREAS } from './areas/index.ts';
import { decoys, type HeardOf } from './decoys.ts';
import { newDrafts, oneYearAfter, uuid } from './drafts.ts';
import { healthyFleet } from './fleet.ts';
import { plantedWastes } from './planted.ts';

/** The company drawn up: its bill's model, and what only people know of it. */
export interface Company {
  readonly model: BillModel;
  readonly heardOf: HeardOf;
}

/** Savings Plans are quoted in thousandths of a dollar an hour. */
const COMMITMENT_STEP = 10_000_000n;
/** Of the quietest hour's coverable usage on the day of purchase: careful buyers, so that nothing lies idle. */
const COVERED_PERCENT = 42n;
/** Migration credits, in percent of a month's compute at list: they run off before the anchor. */
const CREDIT_PERCENT_BY_MONTH = [9n, 9n, 8n, 8n, 6n, 5n, 3n, 2n];

export function drawUp(seed: number, asOf: Day, resources: number, calendar: Calendar, isUnsteady: boolean): Company {
  const drafts = newDrafts(seed, calendar, resources);
  healthyFleet(drafts);
  plantedWastes(drafts);
  const heardOf = decoys(drafts, asOf);
  for (const area of AREAS) area(drafts);
  const savingsPlans: EstateSavingsPlan[] = [];
  for (const start of calendar.savingsPlans) {
    const committed = savingsPlans.reduce((sum, plan) => sum + plan.hourlyCommitment, 0n);
    const id = uuid(drafts, `savings plan ${savingsPlans.length}`);
    savingsPlans.push({
      arn: `arn:aws:savingsplans::${accountIdOf('payer')}:savingsplan/${id}`,
      start,
      end: oneYearAfter(start),
      hourlyCommitment: commitmentFor(drafts.assets, start, committed),
    });
  }
  const credits = creditsOf(drafts.assets, calendar);
  const assets = drafts.assets.filter(({ resource }) => resource.from < asOf);
  const assetsOfWeek = isUnsteady ? unsteadyAssets(seed, assets) : steadyAssets(assets);
  return { model: { calendar, assets, assetsOfWeek, isUnsteady, savingsPlans, credits, asOf }, heardOf };
}

function commitmentFor(assets: readonly Asset[], day: Day, committed: TenBillionths): TenBillionths {
  const items = coverableItems(assetsOn(assets, day), day);
  const quietest = Math.min(...hourlyTotals(items, ({ savingsPlanCost }) => savingsPlanCost));
  const wanted = (BigInt(quietest) * COVERED_PERCENT) / 100n - committed;
  return wanted > COMMITMENT_STEP ? (wanted / COMMITMENT_STEP) * COMMITMENT_STEP : COMMITMENT_STEP;
}

function assetsOn(assets: readonly Asset[], day: Day): Asset[] {
  return assets.filter(({ resource }) => isOn(resource, day));
}

export function hourlyTotals(items: readonly HourlyItem[], tableOf: (item: HourlyItem) => Float64Array | null): number[] {
  const totals = new Array<number>(HOURS_PER_WEEK).fill(0);
  for (const item of items) {
    const table = tableOf(item);
    if (table) for (let hour = 0; hour < HOURS_PER_WEEK; hour++) totals[hour] = (totals[hour] ?? 0) + (table[hour] ?? 0);
  }
  return totals;
}

/** On the 1st of each month from two months after the first cut-over, for the two accounts that were migrated under the programme. */
function creditsOf(assets: readonly Asset[], calendar: Calendar): BillModel['credits'] {
  const firstMonth = addMonths(monthOf(calendar.cutOver[1]), 2);
  return CREDIT_PERCENT_BY_MONTH.flatMap((percent, index) => {
    const day = firstDay(addMonths(firstMonth, index));
    return (['onlineProd', 'martProd'] as const).flatMap((key) => {
      const accountId = accountIdOf(key);
      const own = assetsOn(assets, day).filter(({ resource }) => resource.accountId === accountId);
      const perHour = Math.min(...hourlyTotals(coverableItems(own, day), ({ onDemandCost }) => onDemandCost));
      const amount = (BigInt(perHour) * 730n * percent) / 100n;
      return amount > 0n ? [{ day, accountId, amount }] : [];
    });
  });
}
