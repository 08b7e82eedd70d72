import { coverageOf } from '../../src/adapters/aws/compute-optimizer/coverage.ts';
import { KINDS } from '../../src/adapters/aws/compute-optimizer/kinds.ts';
import type { Observation } from '../../src/adapters/aws/compute-optimizer/observation.ts';
import { mergedResources } from '../../src/adapters/aws/compute-optimizer/pull.ts';
import { mapRecommendation } from '../../src/adapters/aws/cost-optimization-hub/mapper.ts';
import { hubTotalOf } from '../../src/adapters/aws/cost-optimization-hub/pull.ts';
import { priceAnswerOf } from '../../src/adapters/aws/pricing/mapper.ts';
import { rightsizingOf } from '../../src/adapters/aws/rightsizing/mapper.ts';
import { RightsizingPage } from '../../src/adapters/aws/rightsizing/schema.ts';
import { addDays, type Period } from '../../src/kernel/calendar.ts';
import { type RightsizingSaying, rightsizingSayingOf } from '../../src/ledger/aws-advice.ts';
import type { AwsRecommendation } from '../../src/ledger/aws-recommendation.ts';
import type { HubTotal } from '../../src/ledger/hub-facts.ts';
import type { HubWord } from '../../src/ledger/hub-merge.ts';
import type { Price, PriceQuestion } from '../../src/ledger/price.ts';
import type { ResourceFacts } from '../../src/ledger/resource.ts';
import type { Coverage } from '../../src/ledger/snapshot.ts';
import type { Estate } from '../../src/sandbox/estate/types.ts';
import { exportBucket } from '../../src/sandbox/exports/bucket.ts';
import { getAutoScalingGroupRecommendations } from '../../src/sandbox/wire/compute-optimizer/get-auto-scaling-group-recommendations.ts';
import { getEbsVolumeRecommendations } from '../../src/sandbox/wire/compute-optimizer/get-ebs-volume-recommendations.ts';
import { getEc2InstanceRecommendations } from '../../src/sandbox/wire/compute-optimizer/get-ec2-instance-recommendations.ts';
import { getEcsServiceRecommendations } from '../../src/sandbox/wire/compute-optimizer/get-ecs-service-recommendations.ts';
import { getIdleRecommendations } from '../../src/sandbox/wire/compute-optimizer/get-idle-recommendations.ts';
import { getLambdaFunctionRecommendations } from '../../src/sandbox/wire/compute-optimizer/get-lambda-function-recommendations.ts';
import { getLicenseRecommendations } from '../../src/sandbox/wire/compute-optimizer/get-license-recommendations.ts';
import { getRdsDatabaseRecommendations } from '../../src/sandbox/wire/compute-optimizer/get-rds-database-recommendations.ts';
import { buildChargeTable } from '../../src/sandbox/wire/cost-explorer/charge-table.ts';
import { buildHourTable } from '../../src/sandbox/wire/cost-explorer/hour-table.ts';
import { ResultCache } from '../../src/sandbox/wire/cost-explorer/result-cache.ts';
import { getPreferences } from '../../src/sandbox/wire/cost-optimization-hub/enrolment.ts';
import { listRecommendationSummaries, listRecommendations } from '../../src/sandbox/wire/cost-optimization-hub/operations.ts';
import { createFaultControl } from '../../src/sandbox/wire/faults.ts';
import { PageTokens } from '../../src/sandbox/wire/page-token.ts';
import { getProducts } from '../../src/sandbox/wire/pricing/get-products.ts';
import { getRightsizingRecommendation } from '../../src/sandbox/wire/rightsizing/get-rightsizing-recommendation.ts';
import { Sessions } from '../../src/sandbox/wire/sts/sessions.ts';
import type { Caller, Operation, World } from '../../src/sandbox/wire/world.ts';

/** The wire's own operations, called without the wire; the list of items in each answer. */
const OPERATIONS: Readonly<Record<string, { readonly operation: Operation; readonly list: string }>> = {
  GetEC2InstanceRecommendations: { operation: getEc2InstanceRecommendations, list: 'instanceRecommendations' },
  GetEBSVolumeRecommendations: { operation: getEbsVolumeRecommendations, list: 'volumeRecommendations' },
  GetRDSDatabaseRecommendations: { operation: getRdsDatabaseRecommendations, list: 'rdsDBRecommendations' },
  GetLambdaFunctionRecommendations: { operation: getLambdaFunctionRecommendations, list: 'lambdaFunctionRecommendations' },
  GetAutoScalingGroupRecommendations: { operation: getAutoScalingGroupRecommendations, list: 'autoScalingGroupRecommendations' },
  GetECSServiceRecommendations: { operation: getEcsServiceRecommendations, list: 'ecsServiceRecommendations' },
  GetLicenseRecommendations: { operation: getLicenseRecommendations, list: 'licenseRecommendations' },
  GetIdleRecommendations: { operation: getIdleRecommendations, list: 'idleRecommendations' },
};

export interface Observed {
  readonly recommendations: readonly AwsRecommendation[];
  readonly coverage: readonly Coverage[];
  /** What the ledger would add to the resource of this account and id. */
  readonly facts: ReadonlyMap<string, Partial<Pick<ResourceFacts, 'tags' | 'utilization'>>>;
}

export async function askComputeOptimizer(estate: Estate): Promise<Observed> {
  const world = worldOf(estate);
  const observations: Observation[] = [];
  const coverage: Coverage[] = [];
  for (const { accountId } of estate.accounts) {
    for (const regionId of estate.regionIds) {
      const answers = await Promise.all(KINDS.map((kind) => askKind(kind, accountId, regionId, world)));
      observations.push(...answers.flatMap((answer) => answer.observations));
      coverage.push(
        coverageOf({ accountId, regionId, failures: [], errors: answers.flatMap((answer) => answer.errors), unread: [] }),
      );
    }
  }
  const resources = mergedResources(observations.map((item) => item.resource));
  return {
    recommendations: observations.map((item) => item.recommendation),
    coverage,
    facts: new Map(
      resources.map(({ accountId, resourceId, tags, utilization }) => [`${accountId}\n${resourceId}`, { tags, utilization }]),
    ),
  };
}

type ItemErrors = Parameters<typeof coverageOf>[0]['errors'];

async function askKind(
  { operation: name, maxResults, maps }: (typeof KINDS)[number],
  accountId: string,
  regionId: string,
  world: World,
): Promise<{ observations: Observation[]; errors: ItemErrors }> {
  const known = OPERATIONS[name];
  if (!known) throw new Error(`the sandbox's ${name} is not known to the bench`);
  const caller: Caller = { accountId: world.payerAccountId, arn: '', userId: '', regionId };
  const observations: Observation[] = [];
  const errors: ItemErrors = [];
  let nextToken: string | undefined;
  do {
    const input = { accountIds: [accountId], maxResults, ...(nextToken && { nextToken }) };
    const answer = (await known.operation(input, caller, world)) as Record<string, unknown>;
    const items = answer[known.list] as Record<string, unknown>[];
    observations.push(...items.flatMap((item) => maps.flatMap((map) => map(asTheSdkReads(item), world.estate.asOf))));
    errors.push(...((answer.errors ?? []) as ItemErrors));
    nextToken = answer.nextToken as string | undefined;
  } while (nextToken);
  return { observations, errors };
}

/** Timestamps travel as epoch seconds; the SDK makes dates of them. */
function asTheSdkReads(item: Record<string, unknown>): Record<string, unknown> {
  return { ...item, lastRefreshTimestamp: new Date(Number(item.lastRefreshTimestamp) * 1000) };
}

/** What Cost Optimization Hub says of the same, each resource once. */
export async function askHub(estate: Estate): Promise<HubWord[]> {
  const world = worldOf(estate);
  const caller: Caller = { accountId: world.payerAccountId, arn: '', userId: '', regionId: 'us-east-1' };
  const { items } = (await listRecommendations({}, caller, world)) as { items: Record<string, unknown>[] };
  return items.map((item) => {
    const { accountId, body } = mapRecommendation(asTheSdkReads(item), estate.asOf);
    return { ...body, accountId: accountId ?? '' };
  });
}

/** The Hub's own total of it. */
export async function askHubTotal(estate: Estate): Promise<HubTotal> {
  const world = worldOf(estate);
  const caller = payerCaller(estate);
  const summary = (groupBy: string) =>
    listRecommendationSummaries({ groupBy }, caller, world) as Promise<Parameters<typeof hubTotalOf>[1][number]>;
  const preferences = (await getPreferences({}, caller, world)) as Parameters<typeof hubTotalOf>[0];
  return hubTotalOf(preferences, [await summary('ActionType')], [await summary('ResourceType')]);
}

/** Cost Explorer's own word on machines. */
export async function askRightsizing(estate: Estate): Promise<RightsizingSaying[]> {
  const input = { Service: 'AmazonEC2', PageSize: 6_000 };
  const answer = await getRightsizingRecommendation(input, payerCaller(estate), worldOf(estate));
  const { advice } = rightsizingOf([RightsizingPage.parse(answer)]);
  return advice.map(({ accountId, body }) => rightsizingSayingOf(accountId ?? '', body));
}

export function payerCaller(estate: Estate): Caller {
  return { accountId: worldOf(estate).payerAccountId, arn: '', userId: '', regionId: 'us-east-1' };
}

export async function askPriceList(estate: Estate, questions: readonly PriceQuestion[]): Promise<Price[]> {
  const world = worldOf(estate);
  const caller: Caller = { accountId: world.payerAccountId, arn: '', userId: '', regionId: 'us-east-1' };
  const prices: Price[] = [];
  for (const question of questions) {
    const filters = { ...question.attributes, regionCode: question.regionId };
    const Filters = Object.entries(filters).map(([Field, Value]) => ({ Type: 'TERM_MATCH', Field, Value }));
    const answer = (await getProducts({ ServiceCode: question.serviceCode, Filters }, caller, world)) as { PriceList: string[] };
    prices.push({ question, answer: priceAnswerOf(answer.PriceList, question.term), readAt: `${estate.asOf}T00:00:00.000Z` });
  }
  return prices;
}

const worlds = new WeakMap<Estate, World>();

/** Compute Optimizer reads the last two weeks of the bill; the rest of the year is not drawn up for it. */
export function worldOf(estate: Estate): World {
  const known = worlds.get(estate);
  if (known) return known;
  const recent = { start: addDays(estate.asOf, -15), end: estate.asOf };
  const charges = (period: Period) =>
    estate.charges({
      start: period.start > recent.start ? period.start : recent.start,
      end: period.end < recent.end ? period.end : recent.end,
    });
  const world: World = {
    estate,
    payerAccountId: estate.accounts.find((account) => account.isPayer)?.accountId ?? '',
    charges: () => table,
    hours: () => buildHourTable(estate),
    results: new ResultCache(),
    exports: exportBucket(estate, () => ({ lateDays: 0, restated: new Map() })),
    faults: createFaultControl(),
    tokens: new PageTokens('bench'),
    sessions: new Sessions([]),
    groupsPerPage: 5_000,
    billingViews: [],
    proForma: () => table,
  };
  const table = buildChargeTable({ ...estate, charges });
  worlds.set(estate, world);
  return world;
}
