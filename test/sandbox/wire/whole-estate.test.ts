import {
  GetEBSVolumeRecommendationsCommand,
  GetEC2InstanceRecommendationsCommand,
  GetIdleRecommendationsCommand,
  GetLambdaFunctionRecommendationsCommand,
  GetRDSDatabaseRecommendationsCommand,
} from '@aws-sdk/client-compute-optimizer';
import { GetCostAndUsageCommand, GetCostAndUsageWithResourcesCommand } from '@aws-sdk/client-cost-explorer';
import { DescribeServicesCommand, GetProductsCommand } from '@aws-sdk/client-pricing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sumExact } from '../../../src/kernel/money.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { clientsOf } from './clients.ts';

/** The company itself, small, behind the wire. Every answer is held against the service model by the clients. */
describe('the whole estate on the wire', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ seed: 3, asOf: '2026-11-20', resources: 120, groupsPerPage: 1000 });
  });
  afterAll(() => sandbox.close());

  const METRICS = ['UnblendedCost', 'AmortizedCost', 'NetUnblendedCost', 'NetAmortizedCost', 'UsageQuantity'];
  const HISTORY = { Start: '2025-10-01', End: '2026-11-20' };

  async function sums(keys: readonly string[], Granularity: 'DAILY' | 'MONTHLY'): Promise<string[]> {
    const { costExplorer } = clientsOf(sandbox);
    const GroupBy = keys.map((Key) => ({ Type: 'DIMENSION' as const, Key }));
    const amounts = new Map<string, string[]>(METRICS.map((metric) => [metric, []]));
    let NextPageToken: string | undefined;
    do {
      const answer = await costExplorer.send(
        new GetCostAndUsageCommand({
          TimePeriod: HISTORY,
          Granularity,
          Metrics: METRICS,
          GroupBy,
          ...(NextPageToken && { NextPageToken }),
        }),
      );
      for (const { Total, Groups } of answer.ResultsByTime ?? []) {
        for (const values of keys.length === 0 ? [Total] : (Groups ?? []).map((group) => group.Metrics)) {
          for (const metric of METRICS) amounts.get(metric)?.push(values?.[metric]?.Amount ?? 'missing');
        }
      }
      NextPageToken = answer.NextPageToken;
    } while (NextPageToken);
    return METRICS.map((metric) => sumExact(amounts.get(metric) ?? []).toFixed());
  }

  it('adds up to the same bill by every grouping, over all pages, to the last digit', async () => {
    const total = await sums([], 'MONTHLY');
    expect(total.every((amount) => Number(amount) > 1000)).toBe(true);
    expect(await sums([], 'DAILY')).toEqual(total);
    for (const key of ['SERVICE', 'USAGE_TYPE', 'OPERATION', 'RECORD_TYPE', 'REGION']) {
      expect(await sums(['LINKED_ACCOUNT', key], 'DAILY')).toEqual(total);
    }
  });

  it('tells each resource with its cost', async () => {
    const { costExplorer } = clientsOf(sandbox);
    const answer = await costExplorer.send(
      new GetCostAndUsageWithResourcesCommand({
        TimePeriod: { Start: '2026-11-19', End: '2026-11-20' },
        Granularity: 'DAILY',
        Metrics: ['NetAmortizedCost'],
        Filter: { Dimensions: { Key: 'SERVICE', Values: ['Amazon Elastic Compute Cloud - Compute'] } },
        GroupBy: [{ Type: 'DIMENSION', Key: 'RESOURCE_ID' }],
      }),
    );
    const ids = new Set(sandbox.estate.resources().map(({ resourceId }) => resourceId));
    const named =
      answer.ResultsByTime?.[0]?.Groups?.map((group) => group.Keys?.[0] ?? '').filter((id) => id.startsWith('i-')) ?? [];
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('answers every kind of advice for every account and region in the shape of the model', async () => {
    const found = new Set<string>();
    for (const region of sandbox.estate.regionIds) {
      const { computeOptimizer } = clientsOf(sandbox, { region });
      for (const { accountId } of sandbox.estate.accounts) {
        const input = { accountIds: [accountId] };
        const ec2 = await computeOptimizer.send(new GetEC2InstanceRecommendationsCommand(input));
        const ebs = await computeOptimizer.send(new GetEBSVolumeRecommendationsCommand(input));
        const rds = await computeOptimizer.send(new GetRDSDatabaseRecommendationsCommand(input));
        const idle = await computeOptimizer.send(new GetIdleRecommendationsCommand(input));
        await computeOptimizer.send(new GetLambdaFunctionRecommendationsCommand(input));
        for (const { finding } of ec2.instanceRecommendations ?? []) found.add(`ec2 ${finding}`);
        for (const { finding } of ebs.volumeRecommendations ?? []) found.add(`ebs ${finding}`);
        for (const { instanceFinding } of rds.rdsDBRecommendations ?? []) found.add(`rds ${instanceFinding}`);
        for (const { finding } of idle.idleRecommendations ?? []) found.add(`idle ${finding}`);
      }
    }
    expect([...found]).toEqual(
      expect.arrayContaining([
        'ec2 OVER_PROVISIONED',
        'ec2 OPTIMIZED',
        'ebs NotOptimized',
        'rds Overprovisioned',
        'idle Idle',
        'idle Unattached',
      ]),
    );
  });

  it('lists every product that the bill is priced with', async () => {
    const { pricing } = clientsOf(sandbox);
    const { Services = [] } = await pricing.send(new DescribeServicesCommand({}));
    expect(Services.map(({ ServiceCode }) => ServiceCode)).toEqual(expect.arrayContaining(['AmazonEC2', 'AmazonRDS']));
    const { PriceList = [] } = await pricing.send(
      new GetProductsCommand({
        ServiceCode: 'AmazonEC2',
        Filters: [
          { Type: 'TERM_MATCH', Field: 'instanceType', Value: 'm5.large' },
          { Type: 'TERM_MATCH', Field: 'regionCode', Value: 'ap-northeast-1' },
          { Type: 'TERM_MATCH', Field: 'operatingSystem', Value: 'Linux' },
        ],
      }),
    );
    expect(PriceList).toHaveLength(1);
  });
});
