import {
  type CostExplorerClient,
  GetRightsizingRecommendationCommand,
  type GetRightsizingRecommendationCommandInput,
} from '@aws-sdk/client-cost-explorer';
import { describe, expect, it } from 'vitest';
import { plain, sumExact } from '../../../src/kernel/money.ts';
import type { EstateResource, SandboxPrice } from '../../../src/sandbox/estate/types.ts';
import { clientsOf, serveForTest } from './clients.ts';
import { aResource, LEDGER, SHOP, tinyEstate, usd } from './tiny-estate.ts';

const price = (instanceType: string, vcpu: number, memory: number, onDemand: string): SandboxPrice => ({
  serviceCode: 'AmazonEC2',
  regionId: 'ap-northeast-1',
  attributes: {
    instanceType,
    vcpu: String(vcpu),
    memory: `${memory} GiB`,
    operatingSystem: 'Linux',
  },
  unit: 'Hrs',
  onDemand,
  reserved1yNoUpfrontStandard: null,
  reserved1yNoUpfrontConvertible: null,
  source: 'test',
});
const PRICES = [
  price('m5.2xlarge', 8, 32, '0.5'),
  price('m5.xlarge', 4, 16, '0.25'),
  price('m5.large', 2, 8, '0.125'),
  price('m6i.large', 2, 8, '0.1'),
];

const machine = (resourceId: string, cpuMaximumPercent: number, more: Partial<EstateResource> = {}): EstateResource => {
  const resource = aResource({ resourceId, ...more });
  return {
    ...resource,
    utilization: resource.utilization && {
      ...resource.utilization,
      cpuMaximumPercent,
    },
  };
};
const hoursOf = (resourceId: string, recordType: string, perDay: string, accountId = SHOP) => ({
  resourceId,
  accountId,
  recordType,
  usageType: 'APN1-BoxUsage:m5.2xlarge',
  usageQuantity: usd(perDay),
});
const MACHINES = [machine('i-idle', 1), machine('i-light', 15), machine('i-busy', 70), machine('i-covered', 15)];
const LINES = [
  hoursOf('i-idle', 'Usage', '24'),
  hoursOf('i-light', 'Usage', '12'),
  hoursOf('i-light', 'SavingsPlanCoveredUsage', '8'),
  hoursOf('i-light', 'DiscountedUsage', '4'),
  hoursOf('i-busy', 'Usage', '24'),
  hoursOf('i-covered', 'DiscountedUsage', '24'),
];

async function served(resources: readonly EstateResource[] = MACHINES, lines = LINES): Promise<CostExplorerClient> {
  return clientsOf(await serveForTest(tinyEstate({ resources, lines, prices: PRICES }))).costExplorer;
}
const ask = (client: CostExplorerClient, input: Partial<GetRightsizingRecommendationCommandInput> = {}) =>
  client.send(new GetRightsizingRecommendationCommand({ Service: 'AmazonEC2', ...input }));
const configured = (benefits: boolean, target: 'SAME_INSTANCE_FAMILY' | 'CROSS_INSTANCE_FAMILY' = 'SAME_INSTANCE_FAMILY') => ({
  Configuration: { BenefitsConsidered: benefits, RecommendationTarget: target },
});

describe('rightsizing by Cost Explorer', () => {
  it('would terminate what is idle: its on-demand hours for a month of 730 hours', async () => {
    const { RightsizingRecommendations: [first] = [] } = await ask(await served());
    expect(first).toMatchObject({
      AccountId: SHOP,
      RightsizingType: 'TERMINATE',
      CurrentInstance: {
        ResourceId: 'i-idle',
        OnDemandHoursInLookbackPeriod: '336',
        MonthlyCost: '365',
      },
      TerminateRecommendationDetail: {
        EstimatedMonthlySavings: '365',
        CurrencyCode: 'USD',
      },
    });
    expect(first?.ModifyRecommendationDetail).toBeUndefined();
  });

  it('would make smaller what has too much, and counts only the hours that no commitment pays', async () => {
    const { RightsizingRecommendations: said = [], Summary } = await ask(await served());
    expect(said.map(({ CurrentInstance }) => CurrentInstance?.ResourceId)).toEqual(['i-idle', 'i-light']);
    expect(said[1]).toMatchObject({
      RightsizingType: 'MODIFY',
      FindingReasonCodes: ['CPU_OVER_PROVISIONED'],
      CurrentInstance: {
        OnDemandHoursInLookbackPeriod: '168',
        SavingsPlansCoveredHoursInLookbackPeriod: '112',
        ReservationCoveredHoursInLookbackPeriod: '56',
        TotalRunningHoursInLookbackPeriod: '336',
        MonthlyCost: '182.5',
      },
    });
    const targets = said[1]?.ModifyRecommendationDetail?.TargetInstances ?? [];
    // (0.5 - 0.125) x 168 hours x 730 / 336; CPU of 15 % on 8 vCPUs is 60 % on 2.
    expect(targets[0]).toMatchObject({
      DefaultTargetInstance: true,
      EstimatedMonthlySavings: '136.875',
      EstimatedMonthlyCost: '45.625',
      ResourceDetails: {
        EC2ResourceDetails: {
          InstanceType: 'm5.large',
          HourlyOnDemandRate: '0.125',
        },
      },
      ExpectedResourceUtilization: {
        EC2ResourceUtilization: { MaxCpuUtilizationPercentage: '60' },
      },
    });
    expect(targets[1]).toMatchObject({
      DefaultTargetInstance: false,
      EstimatedMonthlySavings: '91.25',
    });
    expect(Summary).toMatchObject({
      TotalRecommendationCount: '2',
      EstimatedTotalMonthlySavingsAmount: plain(sumExact(['365', '136.875'])),
      SavingsCurrencyCode: 'USD',
    });
  });

  it('counts every hour when benefits are left aside, and other families when they are allowed', async () => {
    const client = await served();
    const { RightsizingRecommendations: all = [] } = await ask(client, configured(false));
    expect(all.map(({ CurrentInstance }) => CurrentInstance?.ResourceId)).toEqual(['i-idle', 'i-covered', 'i-light']);
    expect(all[2]?.ModifyRecommendationDetail?.TargetInstances?.[0]?.EstimatedMonthlySavings).toBe('273.75');
    const { RightsizingRecommendations: across = [] } = await ask(client, configured(true, 'CROSS_INSTANCE_FAMILY'));
    expect(across[1]?.ModifyRecommendationDetail?.TargetInstances?.[0]?.ResourceDetails?.EC2ResourceDetails?.InstanceType).toBe(
      'm6i.large',
    );
  });

  it('calls nothing idle above 1 %, nor what is younger than its look-back', async () => {
    const young = machine('i-young', 0.5, { from: '2026-11-12' });
    const client = await served(
      [machine('i-edge', 1.1), young],
      ['i-edge', 'i-young'].map((id) => hoursOf(id, 'Usage', '24')),
    );
    const { RightsizingRecommendations: said = [] } = await ask(client);
    expect(said.map(({ RightsizingType }) => RightsizingType)).toEqual(['MODIFY', 'MODIFY']);
  });

  it('saves nothing, in figures, by ending an idle machine that a reservation pays', async () => {
    const client = await served([machine('i-idle', 0)], [hoursOf('i-idle', 'DiscountedUsage', '24')]);
    const { RightsizingRecommendations: [only] = [] } = await ask(client);
    expect(only?.TerminateRecommendationDetail?.EstimatedMonthlySavings).toBe('0');
  });

  it('comes in pages under tokens of its own, with the total on each', async () => {
    const client = await served();
    const first = await ask(client, { PageSize: 1 });
    const second = await ask(client, {
      PageSize: 1,
      NextPageToken: first.NextPageToken,
    });
    const ids = [first, second].map((page) => page.RightsizingRecommendations?.map((item) => item.CurrentInstance?.ResourceId));
    expect(ids).toEqual([['i-idle'], ['i-light']]);
    expect(second.NextPageToken).toBeUndefined();
    expect(second.Summary).toEqual(first.Summary);
    await expect(ask(client, { NextPageToken: 'nonsense' })).rejects.toMatchObject({ name: 'InvalidNextTokenException' });
  });

  it('answers for the accounts, regions and types that are asked for, and for EC2 alone', async () => {
    const client = await served(
      [...MACHINES, machine('i-other', 1, { accountId: LEDGER })],
      [...LINES, hoursOf('i-other', 'Usage', '24', LEDGER)],
    );
    const filtered = async (Key: 'LINKED_ACCOUNT' | 'RIGHTSIZING_TYPE' | 'REGION', value: string) =>
      (
        (
          await ask(client, {
            Filter: { Dimensions: { Key, Values: [value] } },
          })
        ).RightsizingRecommendations ?? []
      ).map((item) => item.CurrentInstance?.ResourceId);
    expect(await filtered('LINKED_ACCOUNT', LEDGER)).toEqual(['i-other']);
    expect(await filtered('RIGHTSIZING_TYPE', 'MODIFY')).toEqual(['i-light']);
    expect(await filtered('REGION', 'us-east-1')).toEqual([]);
    await expect(ask(client, { Filter: { Dimensions: { Key: 'AZ', Values: ['x'] } } })).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await expect(ask(client, { Service: 'AmazonRDS' })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});
