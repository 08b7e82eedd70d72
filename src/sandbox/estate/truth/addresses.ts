import { decimal } from '../amounts.ts';
import type { Asset } from '../asset.ts';
import { TOKYO } from '../company.ts';
import type { PlantedWaste } from '../types.ts';
import { listMonthly, type SteadyWeek } from './replay.ts';

const MANY = 10;

/** Accounts with ten public addresses in use or more. Nobody knows how many of them are needed, so none is called avoidable. */
export function manyAddresses(week: SteadyWeek): PlantedWaste[] {
  const inUse = week.assets.filter(({ usage }) => usage.plain.some(({ name }) => name.usageType.endsWith(':InUseAddress')));
  const accounts = Map.groupBy(inUse, ({ resource }: Asset) => resource.accountId);
  return [...accounts]
    .filter(([, assets]) => assets.length >= MANY)
    .map(([accountId, assets]) => ({
      accountId,
      regionId: TOKYO,
      resourceId: accountId,
      kind: 'publicIpv4Estate',
      monthlyCost: decimal(assets.reduce((sum, asset) => sum + listMonthly(asset.usage, asset, week.day), 0n)),
      avoidableMonthlyCost: '0',
    }));
}
