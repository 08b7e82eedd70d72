import { isToldByOperation, platformOf } from '../../src/adapters/aws/cost-explorer/resource-join.ts';
import { byText } from '../../src/adapters/postgres/ledger/order.ts';
import { closedMonths } from '../../src/adapters/postgres/ledger/snapshot-spend.ts';
import type { Detector } from '../../src/advice/detector.ts';
import { fullCoverage } from '../../src/advice/example-facts.ts';
import { priceQuestionsOf } from '../../src/advice/price-questions.ts';
import { addDays, type Day, eachDay, type Period } from '../../src/kernel/calendar.ts';
import { hubSayingOf } from '../../src/ledger/aws-advice.ts';
import { RESOURCE_LEVEL_DAYS, SERVICE_DAYS, settledUntil } from '../../src/ledger/billing-horizon.ts';
import { isRunning } from '../../src/ledger/charge.ts';
import { ownedOn } from '../../src/ledger/commitment.ts';
import { NO_COMMITMENT_FACTS } from '../../src/ledger/commitment-facts.ts';
import type { HearingFact } from '../../src/ledger/hearing.ts';
import { withHub } from '../../src/ledger/hub-merge.ts';
import { meterOf } from '../../src/ledger/meter.ts';
import type { ResourceFacts, UsageLine } from '../../src/ledger/resource.ts';
import { resourceTypeOf } from '../../src/ledger/resource-type.ts';
import type { SafetyNets } from '../../src/ledger/safety-nets.ts';
import { SERVICE } from '../../src/ledger/service.ts';
import { JUDGED_SERVICES } from '../../src/ledger/slice.ts';
import type { AccountFacts, MeterSeries, Snapshot } from '../../src/ledger/snapshot.ts';
import { planRateQuestion } from '../../src/operations/sync/sources/savings-plan-rates.ts';
import { Plan } from '../../src/plan/plan.ts';
import { plannedWorkloads } from '../../src/plan/planned-workloads.ts';
import type { Estate, EstateCharge, TenBillionths } from '../../src/sandbox/estate/types.ts';
import { decimal } from './estate-amount.ts';
import { askCommitments, askPlanRates } from './estate-commitments.ts';
import { hourlyUsageOf } from './estate-hours.ts';
import { askComputeOptimizer, askHub, askHubTotal, askPriceList, askRightsizing } from './estate-sources.ts';
import { estateSpend } from './estate-spend.ts';

const SPEND_DAYS = 30;

/**
 * The estate as a pull on its day would leave it in the ledger, without HTTP and without a database: the same resource-level window, the
 * same slices, Compute Optimizer's and the price list's own answers read by the product's mappers, people's answers from the plan.
 */
export async function estateSnapshot(estate: Estate, detectors: readonly Detector[]): Promise<Snapshot> {
  const { asOf } = estate;
  const settled = settledUntil(asOf);
  const lineWindow = { start: addDays(asOf, -RESOURCE_LEVEL_DAYS), end: settled };
  const spendWindow = { start: addDays(settled, -SPEND_DAYS), end: settled };
  const serviceWindow = { start: addDays(settled, -SERVICE_DAYS), end: settled };
  const observed = await askComputeOptimizer(estate);
  const bill = readBill(estate, spendWindow, lineWindow.start);
  const hub = await askHub(estate);
  const spend = estateSpend(estate, { serviceWindow, months: closedMonths(settled) });
  const withMonths = new Set(spend.meterMonths.map((month) => month.accountId));
  const hourly = hourlyUsageOf(estate, spendWindow);
  const rateQuestion = planRateQuestion([{ ...bill, commitmentFacts: { ...NO_COMMITMENT_FACTS, hourly } }]);
  const snapshot: Snapshot = {
    version: 1,
    tenantId: '00000000-0000-8000-8000-000000000001',
    asOf,
    settledUntil: settled,
    dataAsOf: addDays(asOf, -1),
    currency: estate.currency,
    priceView: 'awsBilled',
    lineWindow,
    spendWindow,
    serviceWindow,
    accounts: bill.accounts,
    ...spend,
    resources: bill.resources.map((resource) => ({
      ...resource,
      ...observed.facts.get(`${resource.accountId}\n${resource.resourceId}`),
    })),
    onDemandMeters: bill.onDemandMeters,
    commitments: ownedOn(asOf, await askCommitments(estate)),
    commitmentFacts: {
      ...NO_COMMITMENT_FACTS,
      isOwnedKnown: true,
      hourly,
      planRatesAsked: [...rateQuestion.usageTypes, ...rateQuestion.nodeUsageTypes].sort(),
    },
    savingsPlanRates: await askPlanRates(estate, rateQuestion),
    awsRecommendations: withHub(observed.recommendations, hub).toSorted(
      byText((item) => `${item.kind}\n${item.resourceId}\n${item.arn}`),
    ),
    hub: {
      total: await askHubTotal(estate),
      sayings: hub.map((word) => hubSayingOf(word.accountId, word)).toSorted(byText((item) => item.recommendationId)),
    },
    rightsizing: (await askRightsizing(estate)).toSorted(byText((item) => `${item.accountId} ${item.resourceId}`)),
    prices: [],
    hearing: hearingOf(estate),
    workloads: plannedWorkloads(Plan.parse(estate.plan())),
    safetyNets: safetyNetsOf(estate),
    coverage: [
      ...bill.accounts
        .flatMap(({ accountId }) => fullCoverage(accountId))
        .filter(isOfTheBill)
        .map((item) =>
          item.fact === 'monthlyUsage' && !withMonths.has(item.accountId) ? { ...item, state: 'notPulled' as const } : item,
        ),
      ...observed.coverage,
    ].sort(byText((item) => `${item.fact}\n${item.accountId}\n${item.regionId ?? ''}`)),
  };
  return { ...snapshot, prices: await askPriceList(estate, priceQuestionsOf(snapshot, detectors)) };
}

/** Compute Optimizer says itself, region by region, what it covered. */
function isOfTheBill({ fact }: Snapshot['coverage'][number]): boolean {
  return fact !== 'computeOptimizer';
}

interface Bill {
  readonly accounts: readonly AccountFacts[];
  readonly resources: readonly ResourceFacts[];
  readonly onDemandMeters: readonly MeterSeries[];
}

function readBill(estate: Estate, window: Period, resourceLevelStart: Day): Bill {
  const payer = estate.accounts.find((account) => account.isPayer)?.accountId ?? null;
  const running = new Map<string, TenBillionths>();
  const resources = new ResourceDrafts();
  const meters = new MeterDrafts();
  for (const charge of estate.charges(window)) {
    const { accountId, recordType, serviceName, netAmortizedCost } = charge;
    if (isRunning({ chargeType: recordType, serviceName })) {
      running.set(accountId, (running.get(accountId) ?? 0n) + netAmortizedCost);
    }
    if (charge.day >= resourceLevelStart) resources.add(charge);
    if (serviceName === SERVICE.ec2Compute && recordType === 'Usage') meters.add(charge);
  }
  const accounts = estate.accounts
    .filter(({ accountId }) => running.has(accountId))
    .map(({ accountId, accountName }) => ({
      accountId,
      accountName,
      sharingGroupId: payer,
      runningCost: decimal(running.get(accountId) ?? 0n),
    }))
    .sort(byText((account) => account.accountId));
  return { accounts, resources: resources.all(), onDemandMeters: meters.all(window) };
}

interface Amounts {
  usage: TenBillionths;
  billed: TenBillionths;
  effective: TenBillionths;
}

const NOTHING: Amounts = { usage: 0n, billed: 0n, effective: 0n };

/** Adds a charge to the sums under `key`. */
function addTo(sums: Map<string, Amounts>, key: string, charge: EstateCharge): void {
  const sum = sums.get(key) ?? { ...NOTHING };
  sum.usage += charge.usageQuantity;
  sum.billed += charge.netUnblendedCost;
  sum.effective += charge.netAmortizedCost;
  sums.set(key, sum);
}

function amountsOf({ usage, billed, effective }: Amounts): Pick<UsageLine, 'usageQuantity' | 'billedCost' | 'effectiveCost'> {
  return { usageQuantity: decimal(usage), billedCost: decimal(billed), effectiveCost: decimal(effective) };
}

class ResourceDrafts {
  readonly #drafts = new Map<string, { first: EstateCharge; operations: Set<string>; lines: Map<string, Amounts> }>();

  add(charge: EstateCharge): void {
    const { accountId, resourceId, serviceName, recordType, operation, day, usageType } = charge;
    if (resourceId === null || recordType === 'SavingsPlanNegation') return;
    if (!JUDGED_SERVICES.includes(serviceName) || !isRunning({ chargeType: recordType, serviceName })) return;
    const key = `${accountId}\n${resourceId}`;
    const draft = this.#drafts.get(key) ?? { first: charge, operations: new Set<string>(), lines: new Map<string, Amounts>() };
    this.#drafts.set(key, draft);
    if (isToldByOperation(serviceName)) draft.operations.add(operation);
    addTo(draft.lines, `${day}\n${serviceName}\n${meterOf(usageType).kind}`, charge);
  }

  all(): ResourceFacts[] {
    return [...this.#drafts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { first, operations, lines: drafts }]) => {
        const lines = [...drafts]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, amounts]) => ({ ...lineHead(key), ...amountsOf(amounts) }));
        const { accountId, regionId } = first;
        const resourceId = first.resourceId ?? '';
        return {
          accountId,
          regionId,
          resourceId,
          resourceType: resourceTypeOf(resourceId, lines),
          operation: platformOf(operations),
          tags: [],
          firstBilledDay: lines[0]?.day ?? '',
          lastBilledDay: lines.at(-1)?.day ?? '',
          lines,
          utilization: null,
        };
      });
  }
}

function lineHead(key: string): { day: Day; serviceName: string; meterKind: string } {
  const [day = '', serviceName = '', meterKind = ''] = key.split('\n');
  return { day, serviceName, meterKind };
}

class MeterDrafts {
  readonly #series = new Map<string, Map<Day, Amounts>>();

  add(charge: EstateCharge): void {
    const { kind, regionId } = meterOf(charge.usageType);
    const key = `${charge.accountId}\n${regionId}\n${kind}`;
    const days = this.#series.get(key) ?? new Map<Day, Amounts>();
    this.#series.set(key, days);
    addTo(days, charge.day, charge);
  }

  /** All days of the window: one without a line is a day without usage. */
  all(window: Period): MeterSeries[] {
    return [...this.#series]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, days]) => {
        const [accountId = '', regionId = '', meterKind = ''] = key.split('\n');
        return {
          accountId,
          serviceName: SERVICE.ec2Compute,
          regionId,
          meterKind,
          days: [...eachDay(window)].map((day) => ({ day, ...amountsOf(days.get(day) ?? NOTHING) })),
        };
      });
  }
}

/** As the plan's import keeps them: workloads in list order, those that somebody was asked about. */
function hearingOf(estate: Estate): HearingFact[] {
  const workloads = Plan.parse(estate.plan()).waves.flatMap((wave) => wave.workloads);
  return workloads.flatMap(({ name, matches, hearing }) => (hearing === null ? [] : [{ workload: name, matches, ...hearing }]));
}

/** The payer's: the Hub is on, AWS's own monitor watches, and each tag key is active or not. */
function safetyNetsOf(estate: Estate): SafetyNets {
  const accountId = estate.accounts.find((account) => account.isPayer)?.accountId ?? '';
  return {
    hub: [{ accountId, status: 'Active' }],
    anomalyMonitors: [{ accountId, count: 1 }],
    allocationTags: estate.allocationTags().map(({ key, activatedOn }) => ({ accountId, key, isActive: activatedOn !== null })),
  };
}
