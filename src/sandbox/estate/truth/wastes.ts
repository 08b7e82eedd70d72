import { decimal } from '../amounts.ts';
import type { Asset, WasteKind } from '../asset.ts';
import type { HourlyItem } from '../bill/hourly-item.ts';
import { type BillModel, itemsOf } from '../bill/model.ts';
import { AREA_WASTES } from '../build/areas/index.ts';
import { accountIdOf, TOKYO } from '../company.ts';
import type { PlantedWaste } from '../types.ts';
import { manyAddresses } from './addresses.ts';
import { avoidableMonthly, leftOnDemand, listMonthly, monthOfWeeks, replaced, type SteadyWeek, steadyWeek } from './replay.ts';
import { bestCommitment } from './uncovered.ts';
import { unplannedServices } from './unplanned.ts';

/** Which rule of the product should find a kind of waste; null where no rule does yet. */
export const WASTE_DETECTORS: Readonly<Record<WasteKind, string | null>> = {
  ec2InstanceIdle: 'ec2-instance-idle',
  ec2InstanceOversized: 'ec2-instance-oversized',
  ebsVolumeUnattached: 'ebs-volume-unattached',
  ebsVolumeGp2: 'ebs-volume-gp2',
  rdsInstanceIdle: 'rds-instance-idle',
  rdsInstanceOversized: 'rds-instance-oversized',
  natGatewayIdle: 'nat-gateway-idle',
  loadBalancerIdle: 'load-balancer-idle',
  publicIpv4Idle: 'public-ipv4-idle',
  ec2InstancePreviousGeneration: 'ec2-instance-previous-generation',
  rdsExtendedSupport: 'rds-extended-support',
  computeUsageUncovered: 'compute-usage-uncovered',
  mgnReplicationServer: 'mgn-replication-server',
  dmsInstanceIdle: 'dms-instance-left',
  ...AREA_WASTES,
};

/**
 * Each waste alone against the bill of today. Their sum over one resource never exceeds its cost, since no resource carries two; the sum
 * over the estate is a little more than acting on all of them would save, because freed commitments run out of usage to move to.
 */
export function plantedWastes(model: BillModel): PlantedWaste[] {
  const week = steadyWeek(model);
  const ahead = model.isUnsteady ? WEEKS_AHEAD.map((weeks) => steadyWeek(model, weeks)) : [week];
  const found = week.assets.flatMap((asset, index) => {
    if (!asset.waste) return [];
    const { accountId, regionId, resourceId } = asset.resource;
    return [
      {
        accountId,
        regionId,
        resourceId: asset.waste.isOfAccount ? accountId : resourceId,
        kind: asset.waste.kind,
        monthlyCost: decimal(listMonthly(asset.usage, asset, week.day)),
        avoidableMonthlyCost: decimal(meanOver(ahead, index)),
      },
    ];
  });
  return [...found, ...unplannedServices(model), ...manyAddresses(week), uncovered(week)];
}

/** Whole weeks after the day of looking. */
const WEEKS_AHEAD = [1, 2, 3, 4];

/** Every week has the same assets in the same order; a fifth of a 1e-10 dollar is lost in the mean. */
function meanOver(weeks: readonly SteadyWeek[], index: number): bigint {
  const losses = weeks.flatMap((week) => {
    const asset = week.assets[index];
    return asset?.waste ? [avoidableMonthly(week, asset, asset.waste.after)] : [];
  });
  return losses.reduce((sum, loss) => sum + loss, 0n) / BigInt(losses.length);
}

/**
 * Steady usage on demand, of the whole payer (it shares its plans). Definition: take every other waste away first, apply the plans it has,
 * and buy the one additional Compute Savings Plan (1 year, no upfront; rates as the Convertible Reserved rate of each type, Fargate 22 %
 * and Lambda 17 % off) that saves most over a steady week, at the exact optimum. `monthlyCost` is the on-demand cost left before buying,
 * `avoidableMonthlyCost` what that purchase saves a month, its fee paid. A first tranche of 70 % of it saves at least 70 % of this, since
 * the savings are concave in the commitment.
 */
function uncovered(week: SteadyWeek): PlantedWaste {
  const wasted = week.assets.filter((asset) => asset.waste !== null);
  const gone = new Set(wasted.flatMap((asset) => coverable(itemsOf(asset))));
  const added = wasted.flatMap((asset) => coverable(afterItems(asset)));
  const items = replaced(week.items, gone, added);
  const { weeklySavings } = bestCommitment(items, week.commitmentPerHour);
  return {
    accountId: accountIdOf('payer'),
    regionId: TOKYO,
    resourceId: accountIdOf('payer'),
    kind: 'computeUsageUncovered' satisfies WasteKind,
    monthlyCost: decimal(monthOfWeeks(leftOnDemand(items, week.commitmentPerHour))),
    avoidableMonthlyCost: decimal(monthOfWeeks(BigInt(Math.round(weeklySavings)))),
  };
}

function afterItems(asset: Asset): HourlyItem[] {
  return itemsOf(asset, asset.waste?.after.hourly ?? []);
}

function coverable(items: readonly HourlyItem[]): HourlyItem[] {
  return items.filter((item) => item.savingsPlanCost !== null);
}
