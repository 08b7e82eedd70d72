import { addDays, type Day, eachDay } from '../kernel/calendar.ts';
import { NO_HUB } from '../ledger/aws-advice.ts';
import { SERVICE_DAYS, settledUntil } from '../ledger/billing-horizon.ts';
import { NO_COMMITMENT_FACTS } from '../ledger/commitment-facts.ts';
import type { Price, PriceQuestion } from '../ledger/price.ts';
import type { ResourceFacts, UsageLine } from '../ledger/resource.ts';
import { NO_SAFETY_NETS } from '../ledger/safety-nets.ts';
import type { AccountFacts, Coverage, PlannedWorkload, ServiceSpend, Snapshot } from '../ledger/snapshot.ts';

/** The day on which every example looks. */
export const EXAMPLE_AS_OF: Day = '2026-11-24';
export const EXAMPLE_ACCOUNT_ID = '111122223333';
const LINE_DAYS = 30;

/** A snapshot of one account in which everything was covered and nothing was found: examples add what matters to them. */
export function exampleSnapshot(given: Partial<Snapshot> = {}): Snapshot {
  const asOf = given.asOf ?? EXAMPLE_AS_OF;
  const settled = settledUntil(asOf);
  const window = { start: addDays(settled, -LINE_DAYS), end: settled };
  const accounts = given.accounts ?? [exampleAccount()];
  return {
    version: 1,
    tenantId: '5b3c1f6e-0000-8000-8000-000000000001',
    asOf,
    settledUntil: settled,
    dataAsOf: addDays(asOf, -1),
    currency: 'USD',
    priceView: 'awsBilled',
    lineWindow: window,
    spendWindow: window,
    serviceWindow: { start: addDays(settled, -SERVICE_DAYS), end: settled },
    accounts,
    spendByService: [],
    meterMonths: [],
    resources: [],
    onDemandMeters: [],
    commitments: [],
    savingsPlanRates: [],
    commitmentFacts: { ...NO_COMMITMENT_FACTS, isOwnedKnown: true },
    awsRecommendations: [],
    hub: NO_HUB,
    rightsizing: [],
    prices: [],
    hearing: [],
    workloads: [],
    safetyNets: NO_SAFETY_NETS,
    coverage: accounts.flatMap(({ accountId }) => fullCoverage(accountId)),
    ...given,
  };
}

export function exampleAccount(given: Partial<AccountFacts> = {}): AccountFacts {
  return {
    accountId: EXAMPLE_ACCOUNT_ID,
    accountName: 'shop-prod',
    sharingGroupId: EXAMPLE_ACCOUNT_ID,
    runningCost: '100000',
    ...given,
  };
}

export function fullCoverage(accountId: string): readonly Coverage[] {
  const facts = [
    'usageByResource',
    'usageByAccount',
    'monthlyUsage',
    'computeOptimizer',
    'prices',
    'commitments',
    'hourlyUsage',
    'plan',
  ] as const;
  return facts.map((fact) => ({ fact, accountId, regionId: null, state: 'covered', detail: null }));
}

/** A resource that has been there all along; say what it is and what it used. */
export function exampleResource(
  given: Partial<ResourceFacts> & Pick<ResourceFacts, 'resourceId' | 'resourceType'>,
): ResourceFacts {
  const window = exampleSnapshot().lineWindow;
  return {
    accountId: EXAMPLE_ACCOUNT_ID,
    regionId: 'ap-northeast-1',
    operation: null,
    tags: [],
    firstBilledDay: addDays(window.start, -60),
    lastBilledDay: addDays(window.end, -1),
    lines: [],
    utilization: null,
    ...given,
  };
}

/** The same usage on each of the last `days` settled days before `end` (default: all that the example window holds). */
export function dailyLines(
  line: Omit<UsageLine, 'day' | 'effectiveCost'> & { readonly effectiveCost?: string },
  { days = LINE_DAYS, end = settledUntil(EXAMPLE_AS_OF) }: { readonly days?: number; readonly end?: Day } = {},
): UsageLine[] {
  return [...eachDay({ start: addDays(end, -days), end })].map((day) => ({ effectiveCost: line.billedCost, ...line, day }));
}

/** A workload of the plan that was cut over some months ago and has everything in the example's account. */
export function exampleWave(given: Partial<PlannedWorkload> = {}): PlannedWorkload {
  return {
    workload: 'order',
    wave: 'Wave 2',
    cutOver: '2026-08-01',
    matches: { accountIds: [EXAMPLE_ACCOUNT_ID], resourceIds: [], tags: [] },
    owner: null,
    serviceNames: ['AmazonCloudWatch', 'EC2 - Other'],
    ...given,
  };
}

/** List prices as the price list would answer them; null questions have none. */
export function examplePrices<K extends string>(
  questions: Readonly<Record<K, PriceQuestion>> | null,
  amounts: Readonly<Record<K, string>>,
): Price[] {
  if (questions === null) return [];
  return Object.entries<string>(amounts).map(([name, amountPerUnit]) => ({
    // Both records have the same keys.
    question: questions[name as K],
    answer: { kind: 'price', amountPerUnit, unit: 'GB-Mo', currency: 'USD', sku: 'EXAMPLE' },
    readAt: `${EXAMPLE_AS_OF}T00:00:00.000Z`,
  }));
}

/** What the example's account paid for a service, the same on each day. */
export function exampleService(serviceName: string, runningCost: string): ServiceSpend {
  const { serviceWindow } = exampleSnapshot();
  return { accountId: EXAMPLE_ACCOUNT_ID, serviceName, days: [...eachDay(serviceWindow)].map((day) => ({ day, runningCost })) };
}
