import type { Day } from '../../kernel/calendar.ts';
import { type AccountKey, accountIdOf, type Calendar } from './company.ts';
import type { EstateCostCategory, EstateResource, EstateTag } from './types.ts';

/** Switched on late, when somebody asked what the standby costs: earlier cost does not carry it. */
const LATE_TAG = 'dr-role';
/** Written by strangers, switched on by nobody. */
const INACTIVE_TAG = 'memo';

/** Every tag key on a resource, with the day since which the bill carries it. */
export function allocationTags(resources: readonly EstateResource[], calendar: Calendar): readonly EstateTag[] {
  const keys = new Set(resources.flatMap(({ tags }) => Object.keys(tags)));
  const activatedOn = (key: string): Day | null => {
    if (key === INACTIVE_TAG) return null;
    return key === LATE_TAG ? calendar.cutOver[3] : calendar.start;
  };
  return [...keys].sort().map((key) => ({ key, activatedOn: activatedOn(key) }));
}

const ENVIRONMENTS: readonly (readonly [value: string, accounts: readonly AccountKey[]])[] = [
  ['production', ['onlineProd', 'martProd', 'dataProd']],
  ['staging', ['onlineStg', 'martStg']],
  ['development', ['onlineDev', 'martDev']],
];

/** One category, by account; what all share is in none of its values. */
export function costCategories(calendar: Calendar): readonly EstateCostCategory[] {
  const values = new Map(ENVIRONMENTS.flatMap(([value, keys]) => keys.map((key) => [accountIdOf(key), value] as const)));
  return [{ name: 'Environment', effectiveFrom: calendar.start, valueFor: (accountId) => values.get(accountId) ?? '' }];
}
