import { addDays, type Month, monthOf } from '../../kernel/calendar.ts';
import type { HeardOf } from './build/decoys.ts';
import { type AccountKey, accountIdOf, type Calendar, type Environment } from './company.ts';
import { diceOf } from './dice.ts';
import type { EstateCharge, EstateResource, TenBillionths } from './types.ts';

interface Selector {
  readonly accountIds: readonly string[];
  readonly resourceIds: readonly string[];
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

interface Hearing {
  readonly environment?: Environment;
  readonly criticality?: 'high' | 'medium' | 'low';
  readonly disasterRecoveryRole?: 'active' | 'standby' | 'none';
  readonly operatingHours?: string;
  readonly licenceBound?: boolean;
}

interface Workload {
  readonly name: string;
  readonly owner: string;
  readonly matches: Selector;
  readonly hearing: Hearing;
  readonly onPremisesMonthlyCost?: string;
  readonly onPremisesEndDate?: string;
}

/** What the planners expected of what is paid today: they left waste, extended support, addresses and logs away. */
const EXPECTED_PERCENT = [68, 90] as const;
/** Thought of by nobody. */
export const UNPLANNED: readonly string[] = [
  'AmazonCloudWatch',
  'Amazon Virtual Private Cloud',
  'AWS Cost Explorer',
  'AWS Database Migration Service',
];
const NOT_PLANNED_TYPES = new Set(['Tax', 'Credit', 'Support', 'SavingsPlanRecurringFee', 'RIFee']);
const ONE_DOLLAR = 10_000_000_000n;
const STEP = 10n;

/** The company's migration plan, as `plan import` takes it: made from the month before `calendar.anchor`, as planners would have guessed it. */
export function migrationPlan(
  seed: number,
  calendar: Calendar,
  heardOf: HeardOf,
  resources: readonly EstateResource[],
  linesOf: (month: Month) => Iterable<EstateCharge>,
): unknown {
  const waves = wavesOf(calendar, heardOf);
  const workloads = waves.flatMap((wave) => wave.workloads);
  const costs = costsOf(workloads, resources, linesOf(planMonth(calendar)));
  return {
    name: 'Yamabuki Shoten AWS ikou keikaku',
    currency: 'USD',
    planningRate: null,
    taxIncluded: false,
    waves: waves.map(({ name, cutOver, rampDays, workloads: members }) => ({
      name,
      cutOver,
      rampDays,
      workloads: members.map((workload) => ({ ...workload, lines: linesFor(seed, workload, costs.get(workload)) })),
    })),
  };
}

function planMonth(calendar: Calendar): Month {
  return monthOf(addDays(calendar.anchor, -1));
}

const of = (...keys: readonly AccountKey[]): Selector => ({ accountIds: keys.map(accountIdOf), resourceIds: [], tags: [] });
const these = (resources: readonly EstateResource[], tags: Selector['tags'] = []): Selector => ({
  accountIds: [],
  resourceIds: resources.map(({ resourceId }) => resourceId),
  tags,
});

const PRODUCTION: Hearing = { environment: 'production', criticality: 'high', operatingHours: '24x7' };
const STAGING: Hearing = { environment: 'staging', criticality: 'low', operatingHours: 'weekdays 08:00-21:00 JST' };
const DEVELOPMENT: Hearing = { environment: 'development', criticality: 'low', operatingHours: 'weekdays 08:00-21:00 JST' };

/** Workloads match in list order: what names single resources stands before what names whole accounts. */
function wavesOf(
  calendar: Calendar,
  heardOf: HeardOf,
): { name: string; cutOver: string; rampDays: number; workloads: Workload[] }[] {
  const standby = these(heardOf.standby, [{ key: 'dr-role', value: 'standby' }]);
  const online: Workload[] = [
    {
      name: 'Online DR standby (Virginia)',
      owner: 'ec-jigyou-bu',
      matches: standby,
      hearing: { environment: 'production', criticality: 'high', disasterRecoveryRole: 'standby' },
    },
    { name: 'Kyotsu kiban', owner: 'jouhou-system-bu', matches: of('payer', 'shared', 'security'), hearing: PRODUCTION },
    {
      name: 'Online shop',
      owner: 'ec-jigyou-bu',
      matches: of('onlineProd'),
      hearing: PRODUCTION,
      onPremisesMonthlyCost: '41000',
    },
    { name: 'Online staging', owner: 'ec-jigyou-bu', matches: of('onlineStg'), hearing: STAGING },
    { name: 'Online development', owner: 'ec-jigyou-bu', matches: of('onlineDev'), hearing: DEVELOPMENT },
  ];
  const mart: Workload[] = [
    { name: 'Mart stores and POS', owner: 'jouhou-system-bu', matches: of('martProd'), hearing: PRODUCTION },
    { name: 'Mart staging', owner: 'jouhou-system-bu', matches: of('martStg'), hearing: STAGING },
    { name: 'Mart development', owner: 'jouhou-system-bu', matches: of('martDev'), hearing: DEVELOPMENT },
  ];
  const logistics: Workload[] = [
    {
      name: 'WMS package (licence bound to its machines)',
      owner: 'butsuryu-bu',
      matches: these(heardOf.licenceBound),
      hearing: { ...PRODUCTION, licenceBound: true },
    },
    {
      name: 'Butsuryu and DWH',
      owner: 'butsuryu-bu',
      matches: of('dataProd'),
      hearing: PRODUCTION,
      onPremisesMonthlyCost: '28000',
    },
  ];
  return [
    { name: 'Wave 1: online', cutOver: calendar.cutOver[1], rampDays: 20, workloads: online },
    { name: 'Wave 2: mart', cutOver: calendar.cutOver[2], rampDays: 20, workloads: mart },
    { name: 'Wave 3: logistics and data', cutOver: calendar.cutOver[3], rampDays: 14, workloads: logistics },
  ];
}

/** Amortised cost of the month by workload and service; the first workload that matches takes the line. */
function costsOf(
  workloads: readonly Workload[],
  resources: readonly EstateResource[],
  lines: Iterable<EstateCharge>,
): Map<Workload, Map<string, TenBillionths>> {
  const tagsOf = new Map(resources.map(({ resourceId, tags }) => [resourceId, tags]));
  const takes = ({ matches }: Workload, { accountId, resourceId }: EstateCharge): boolean =>
    matches.accountIds.includes(accountId) ||
    (resourceId !== null &&
      (matches.resourceIds.includes(resourceId) ||
        matches.tags.some(({ key, value }) => tagsOf.get(resourceId)?.[key] === value)));
  const costs = new Map<Workload, Map<string, TenBillionths>>();
  for (const line of lines) {
    const workload = NOT_PLANNED_TYPES.has(line.recordType) ? undefined : workloads.find((item) => takes(item, line));
    if (!workload) continue;
    const services = costs.get(workload) ?? new Map<string, TenBillionths>();
    services.set(line.serviceName, (services.get(line.serviceName) ?? 0n) + line.netAmortizedCost);
    costs.set(workload, services);
  }
  return costs;
}

function linesFor(seed: number, workload: Workload, costs: ReadonlyMap<string, TenBillionths> = new Map()) {
  return [...costs]
    .filter(([serviceName]) => !UNPLANNED.includes(serviceName))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([serviceName, cost]) => {
      const percent = BigInt(diceOf('plan', seed, workload.name, serviceName).whole(...EXPECTED_PERCENT));
      const dollars = (cost * percent) / 100n / ONE_DOLLAR;
      const expected = (dollars / STEP) * STEP;
      return { serviceName, expectedMonthlyCost: String(expected > STEP ? expected : STEP) };
    });
}
