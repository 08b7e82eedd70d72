import { describe, expect, it } from 'vitest';
import { secondSourceOf } from '../../src/advice/second-source.ts';
import { viewOf } from '../../src/advice/snapshot-view.ts';
import { type HubWord, withHub } from '../../src/ledger/hub-merge.ts';
import { anAwsRecommendation, aSnapshot } from '../support/builders.ts';

const aWord = (given: Partial<HubWord> = {}): HubWord => ({
  recommendationId: 'hub-1',
  accountId: '111122223333',
  regionId: 'ap-northeast-1',
  resourceId: 'i-0aaaaaaaaaaaaaaa1',
  arn: 'arn:aws:ec2:ap-northeast-1:111122223333:instance/i-0aaaaaaaaaaaaaaa1',
  resourceType: 'Ec2Instance',
  recommendedResourceType: 'Ec2Instance',
  actionType: 'Rightsize',
  effort: 'Medium',
  restartNeeded: true,
  rollbackPossible: true,
  source: 'ComputeOptimizer',
  monthlySavings: '43.07',
  savingsPercent: 35,
  monthlyCostAfterwards: '82.49',
  currency: 'USD',
  lookbackDays: 14,
  refreshedOn: '2026-11-22',
  current: 'm5.2xlarge',
  recommended: 'm5.xlarge',
  tags: [],
  details: null,
  commitment: null,
  ...given,
});
const said = anAwsRecommendation({ kind: 'ec2Instance', resourceId: 'i-0aaaaaaaaaaaaaaa1', finding: 'Overprovisioned' });

describe('the Hub beside Compute Optimizer', () => {
  it('is one entry with both names where both speak of one resource', () => {
    const merged = withHub([said], [aWord()]);
    expect(merged).toEqual([{ ...said, hub: { recommendationId: 'hub-1', monthlySavings: '43.07' } }]);
  });

  it('is not mistaken for another kind of advice on the same resource', () => {
    const merged = withHub([said], [aWord({ actionType: 'Stop' })]);
    expect(merged.map((item) => [item.kind, item.source, item.hub?.recommendationId])).toEqual([
      ['ec2Instance', said.source, undefined],
      ['idle', 'CostOptimizationHub', 'hub-1'],
    ]);
  });

  it('stands alone where Compute Optimizer did not answer', () => {
    expect(withHub([], [aWord()])).toMatchObject([
      {
        source: 'CostOptimizationHub',
        kind: 'ec2Instance',
        finding: 'Overprovisioned',
        options: [{ target: 'm5.xlarge', estimatedMonthlySavings: '43.07' }],
      },
    ]);
  });

  it.each(['PurchaseSavingsPlans', 'PurchaseReservedInstances'] as const)(
    'leaves a %s outside: it is of no resource',
    (actionType) => {
      expect(withHub([said], [aWord({ actionType, resourceId: null })])).toEqual([said]);
    },
  );

  it('is counted once as the second source, with both ids', () => {
    const [both] = withHub([{ ...said, options: [] }], [aWord()]);
    const view = viewOf(aSnapshot({ awsRecommendations: both ? [both] : [] }));
    const subject = {
      accountId: said.accountId,
      regionId: said.regionId,
      resourceId: said.resourceId,
      resourceType: 'Ec2Instance',
    } as const;
    expect(secondSourceOf(subject, 'Rightsize', view)).toEqual({
      source: 'ComputeOptimizer',
      estimatedMonthlySavings: '43.07',
      arn: said.arn,
      hubRecommendationId: 'hub-1',
    });
    expect(secondSourceOf(subject, 'Stop', view)).toBeNull();
  });
});
