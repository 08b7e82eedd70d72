import { type Day, eachDay } from '../../src/kernel/calendar.ts';
import { AdvisorError, type FailureCode } from '../../src/kernel/failure.ts';
import { exact, plain } from '../../src/kernel/money.ts';
import type { Charge } from '../../src/ledger/charge.ts';
import { priceKey } from '../../src/ledger/price.ts';
import type { Snapshot } from '../../src/ledger/snapshot.ts';
import type { Context } from '../../src/operations/context.ts';
import type { AwsAdvice, RightsizingAnswer } from '../../src/operations/ports/aws-advice.ts';
import type { CommitmentSource } from '../../src/operations/ports/commitment-source.ts';
import type { Connection } from '../../src/operations/ports/connections.ts';
import type { AnomalyPull, CostSource, CostSum, PullOptions, SlicePull } from '../../src/operations/ports/cost-source.ts';
import type { Ports } from '../../src/operations/ports/index.ts';
import type { KnownDay } from '../../src/operations/ports/pull-state.ts';
import type { Run } from '../../src/operations/ports/runs.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { noPolicies } from '../support/no-policies.ts';

/** Ports in memory, for faults that a real database would not show on demand. What was written stays to be looked at. */
export interface FakeWorld {
  readonly ports: Ports;
  readonly connections: Connection[];
  readonly runs: Run[];
  readonly windows: Map<string, { readonly window: { start: Day; end: Day }; readonly charges: Charge[] }>;
  /** By connection, slice and day. */
  readonly knownDays: Map<string, KnownDay>;
  readonly audit: { readonly action: string; readonly detail?: Readonly<Record<string, string>> | undefined }[];
  readonly observations: Parameters<Ports['observations']['replaceAwsRecommendations']>[1][];
  readonly savedPrices: string[];
  readonly plans: Plan[];
  /** Names of contracts. */
  readonly contracts: string[];
}

export function failure(code: FailureCode): AdvisorError {
  return new AdvisorError(code, `it is ${code}`, 'do the next thing');
}

export const CONNECTION: Connection = {
  id: 'connection-1',
  ownerTenantId: 'tenant-1',
  name: 'main',
  payerAccountId: '111122223333',
  credentials: { kind: 'chain', profile: null },
  regionId: 'ap-northeast-1',
  endpointUrl: null,
  priceView: 'awsBilled',
  billingViewArn: null,
  trust: null,
  createdAt: '2026-11-01T00:00:00.000Z',
};

/** Of every account, in this world. */
export const EXTERNAL_ID = 'e'.repeat(32);

const A_MONITOR: NonNullable<AnomalyPull['monitors']>[number] = {
  accountId: null,
  day: null,
  key: 'monitor-1',
  body: { name: 'all services', type: 'DIMENSIONAL', dimension: 'SERVICE', lastEvaluatedOn: null },
};

const aCharge = (day: Day): Charge => ({
  day,
  subAccountId: '444455556666',
  serviceName: null,
  usageType: 'APN1-BoxUsage:m5.large',
  operation: null,
  regionId: 'ap-northeast-1',
  resourceId: null,
  chargeCategory: null,
  chargeType: null,
  billedCost: '1',
  effectiveCost: '1',
  listCost: null,
  contractedCost: null,
  usageQuantity: '1',
  usageUnit: 'Hrs',
  currency: 'USD',
});

/** A pull of one page and one charge, at the window's last day. */
export function onePage(window: { readonly end: Day }, { pageBought, beforePage }: PullOptions): SlicePull {
  const buy = async (): Promise<void> => {
    beforePage?.();
    await pageBought('0.01');
  };
  const day = new Date(Date.parse(`${window.end}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  return {
    charges: (async function* () {
      await buy();
      yield [aCharge(day)];
    })(),
    controls: async () => {
      await buy();
      return [{ day, currency: 'USD', billedCost: '1', effectiveCost: '1', estimated: true }];
    },
    quarantined: () => [],
    observed: () => ({ resources: [], accounts: [{ accountId: '444455556666', accountName: 'shop' }] }),
  };
}

/** A dollar a day, and the month before the last closed. */
export function aTotal(day: Day): CostSum {
  return { start: day, keys: [], billedCost: '1', effectiveCost: '1', currency: 'USD', estimated: day >= '2026-10-01' };
}

export function aSource(overrides: Partial<CostSource> = {}): CostSource {
  return {
    identify: async () => ({ accountId: '111122223333', arn: 'arn:aws:iam::111122223333:user/reader' }),
    tryRole: async (_reach, externalId) => (externalId === EXTERNAL_ID ? 'assumed' : 'refused'),
    permissions: () => [{ sid: 'CostExplorer', because: 'The bill.', actions: ['ce:GetCostAndUsage'], resources: ['*'] }],
    pullSlice: (_connection, _slice, window, options) => onePage(window, options),
    listAllocationKeys: async () => ({ tags: [], backfills: [], costCategories: [] }),
    pullAttribution: async () => ({ lines: [], quarantined: [] }),
    pullForecast: async () => [],
    pullAnomalies: async () => ({ anomalies: [], monitors: [A_MONITOR], unreadable: 0 }),
    pullComparison: async (_connection, month) => ({
      baseline: month,
      comparison: month,
      total: { baseline: '0', comparison: '0', currency: 'USD' },
      drivers: [],
    }),
    pullHourlyUsage: async () => ({ usage: [], controls: [], quarantined: [] }),
    pullSums: async (_connection, question, { pageBought, beforePage }) => {
      beforePage?.();
      await pageBought('0.01');
      return question.groupBy.length === 0 ? [...eachDay(question.window)].map(aTotal) : [];
    },
    resourceBook: () => ({ accounts: async () => new Map(), platforms: async () => new Map() }),
    pullComputeOptimizer: async (_connection, { accountIds, regionIds }) => ({
      recommendations: [],
      resources: [],
      coverage: accountIds.flatMap((accountId) =>
        regionIds.map((regionId) => ({
          fact: 'computeOptimizer' as const,
          accountId,
          regionId,
          state: 'covered' as const,
          detail: null,
        })),
      ),
    }),
    commitments: noCommitments(),
    pullPrices: async (_connection, questions) =>
      questions.map((question) => ({ question, answer: { kind: 'notFound' as const }, readAt: '2026-11-24T00:00:00.000Z' })),
    ...overrides,
  };
}

/** AWS that has nothing to say of itself. */
export function anAdvice(overrides: Partial<AwsAdvice> = {}): AwsAdvice {
  return {
    pullComputeOptimizerSettings: async () => ({ enrolments: [], preferences: [], summaries: [], gaps: [] }),
    computeOptimizerEnrolments: async (connection, regionId) => [
      { accountId: connection.payerAccountId, day: null, key: regionId, body: { regionId, status: 'Active', reason: null } },
    ],
    pullHub: async () => ({ isEnrolled: true, enrolments: [], recommendations: [], total: null, unread: [] }),
    hubStatus: async () => ({ isEnrolled: true, enrolments: [] }),
    pullOrganization: async () => ({ standing: 'management', organizationId: 'o-example', accounts: [], gaps: [] }),
    pullRightsizing: async () => noRightsizing(),
    costAllocationTags: async () => [{ key: 'workload', isActive: true }],
    organizationStanding: async () => ({ standing: 'management', organizationId: 'o-example' }),
    ...overrides,
  };
}

/** An account with nothing to make smaller. */
function noRightsizing(): RightsizingAnswer {
  const unsaid = { recommendationId: null, generatedAt: null, lookback: null, note: null };
  const none = { recommendations: '0', monthlySavings: '0', savingsPercent: '0', currency: 'USD' };
  const body = { target: 'SameInstanceFamily', benefitsConsidered: true, ...unsaid, ...none } as const;
  return { advice: [], summary: { accountId: null, day: null, key: 'AmazonEC2', body }, unread: [] };
}

/** An account that committed to nothing. */
export function noCommitments(): CommitmentSource {
  const none = { facts: [], unread: [] };
  return {
    savingsPlans: async () => none,
    planUse: async () => ({ utilizationByDay: none, utilizationByMonth: none, coverageByDay: none, coverageByMonth: none }),
    reservationUse: async () => ({ utilizationByDay: none, utilizationByMonth: none, coverageByMonth: none, inventory: none }),
    planRates: async () => none,
    planAdvice: async () => none,
    reservationAdvice: async () => none,
  };
}

export function fakeWorld(source: CostSource = aSource(), connections: Connection[] = [CONNECTION]): FakeWorld {
  const world: Omit<FakeWorld, 'ports'> = {
    connections: [...connections],
    runs: [],
    windows: new Map(),
    knownDays: new Map(),
    audit: [],
    observations: [],
    savedPrices: [],
    plans: [],
    contracts: [],
  };
  const ports = {
    audit: {
      record: async (_scope, event) => void world.audit.push(event),
      list: async () => [],
    },
    connections: {
      list: async () => world.connections,
      create: async (_scope, given) => {
        const credentials =
          given.credentials.kind === 'role' ? { ...given.credentials, externalId: EXTERNAL_ID } : given.credentials;
        const view = { billingViewArn: given.billingViewArn ?? null, trust: given.trust ?? null };
        const made = {
          ...given,
          ...view,
          credentials,
          id: `connection-${world.connections.length + 1}`,
          ownerTenantId: 'tenant-1',
          createdAt: 'now',
        };
        world.connections.push(made);
        return made;
      },
      setEndpoint: async () => {},
      setTrust: async (_scope, id, trust) => {
        const at = world.connections.findIndex((connection) => connection.id === id);
        world.connections[at] = { ...(world.connections[at] as Connection), trust };
      },
      externalId: async () => EXTERNAL_ID,
    },
    contracts: { anyOver: async () => world.contracts.length > 0 },
    costSource: source,
    awsAdvice: anAdvice(),
    facts: { replace: async (_scope, { facts }) => ({ rows: facts.length, tenants: 1 }), read: async () => [] },
    ledgerWriter: {
      replaceWindow: async (_scope, input) => {
        const charges = (await Array.fromAsync(input.charges)).flat();
        const controls = await input.controls();
        world.windows.set(`${input.connectionId} ${input.sliceId}`, { window: input.window, charges });
        const readAt = `read-${String(world.runs.length).padStart(5, '0')}`;
        for (const control of controls) {
          const { day, currency, billedCost, effectiveCost, estimated } = control;
          const { isPartial = false } = input;
          const known = { sliceId: input.sliceId, day, currency, billedCost, effectiveCost, estimated, isPartial, readAt };
          world.knownDays.set(`${input.connectionId} ${input.sliceId} ${day}`, known);
        }
        const billedCost = plain(controls.reduce((sum, control) => sum.plus(control.billedCost), exact('0')));
        return { rows: charges.length, quarantined: 0, totals: [{ currency: 'USD', billedCost, residual: '0' }], tenants: 1 };
      },
    },
    ledgerReader: {
      freshness: async () => ({
        dataAsOf: '2026-11-23',
        invoiceAsOf: '2026-11-23',
        closedMonths: [],
        currencies: world.windows.size > 0 ? ['USD'] : [],
        provisionalFrom: null,
        months: [],
      }),
    },
    pullState: {
      knownDays: async (_scope, connectionId) =>
        [...world.knownDays].filter(([key]) => key.startsWith(`${connectionId} `)).map(([, known]) => known),
      monthSums: async () => ({ sums: [], accountsElsewhere: [] }),
      knownResources: async () => [],
      spendByAccount: async () => [],
    },
    snapshots: {
      snapshot: async () => {
        if (world.windows.size === 0) throw failure('NOT_FOUND');
        return { resources: [], awsRecommendations: [] } as unknown as Snapshot;
      },
    },
    observations: {
      replaceAwsRecommendations: async (_scope, input) => void world.observations.push(input),
      mergeResourceTags: async () => ({ changed: 0 }),
      nameAccounts: async () => {},
      savePrices: async (_scope, prices) => void world.savedPrices.push(...prices.map((price) => priceKey(price.question))),
      prices: async () => [],
    },
    hourlyUsage: { replace: async (_scope, input) => ({ rows: input.usage.length, tenants: 1 }) },
    attribution: { replace: async (_scope, input) => ({ rows: input.lines.length, tenants: 1 }) },
    plans: {
      latest: async () => {
        const plan = world.plans.at(-1);
        if (plan === undefined) return null;
        const { name, currency } = plan;
        return { version: world.plans.length, name, currency, savedAt: '', savedBy: '', reason: null, plan };
      },
      save: async (_scope, plan) => {
        world.plans.push(plan);
        return { version: world.plans.length };
      },
    },
    exports: { of: async () => null },
    policies: noPolicies,
    runs: runLog(world.runs),
  } as Partial<{ [K in keyof Ports]: Partial<Ports[K]> }> as Ports;
  return { ...world, ports };
}

/** Runs begin on the day of `contextOver`'s clock, one after the other. */
const STARTED = Date.parse('2026-11-24T05:00:00Z');

/** Newest first in `list`, as the real one. */
function runLog(runs: Run[]): Ports['runs'] {
  const change = (id: string, to: Partial<Run>): void => {
    const at = runs.findIndex((run) => run.id === id);
    runs[at] = { ...(runs[at] as Run), ...to };
  };
  return {
    start: async (_scope, run) => {
      const id = `run-${String(runs.length + 1).padStart(5, '0')}`;
      const none = {
        pages: 0,
        requestCost: '0',
        rows: 0,
        quarantined: 0,
        total: null,
        residual: null,
        currency: null,
        error: null,
      };
      runs.push({
        id,
        ...run,
        ...none,
        status: 'running',
        startedAt: new Date(STARTED + runs.length).toISOString(),
        endedAt: null,
      });
      return id;
    },
    notePage: async (_scope, id, cost) => {
      const run = runs.find((item) => item.id === id) as Run;
      change(id, { pages: run.pages + 1, requestCost: plain(exact(run.requestCost).plus(cost)) });
    },
    end: async (_scope, id, end) => change(id, { ...end, endedAt: 'now' } as Partial<Run>),
    list: async (_scope, { limit, after }) =>
      runs
        .toReversed()
        .filter((run) => after === null || run.id < after.id)
        .slice(0, limit),
    spentSince: async (_scope, connectionId) =>
      plain(runs.filter((run) => run.connectionId === connectionId).reduce((sum, run) => sum.plus(run.requestCost), exact('0'))),
  };
}

export function contextOver(world: FakeWorld, rest: Partial<Context> = {}): Context {
  return {
    scope: {
      tenantId: 'tenant-1',
      actor: { kind: 'localOperator', id: 'local', label: 'local operator', role: 'integratorAdmin' },
    },
    locale: 'en',
    now: () => new Date('2026-11-24T05:00:00Z'),
    ports: world.ports,
    progress: null,
    ...rest,
  };
}
