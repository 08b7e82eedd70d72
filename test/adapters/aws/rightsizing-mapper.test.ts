import { describe, expect, it } from 'vitest';
import { rightsizingOf } from '../../../src/adapters/aws/rightsizing/mapper.ts';
import { RightsizingPage } from '../../../src/adapters/aws/rightsizing/schema.ts';
import { RightsizingAdvice, RightsizingSummary } from '../../../src/ledger/rightsizing-advice.ts';
import { fixture } from './fixture.ts';

const page = RightsizingPage.parse(fixture('rightsizing.json'));
const { advice, summary, unread } = rightsizingOf([page]);
const bodyOf = (resourceId: string) => advice.find(({ body }) => body.resourceId === resourceId)?.body;

describe('rightsizing advice of Cost Explorer', () => {
  it('is one fact for each machine, under its account and id, in the form that the ledger keeps', () => {
    expect(advice.map(({ accountId, day, key }) => [accountId, day, key])).toEqual([
      ['111122223333', null, '111122223333 i-0aaaaaaaaaaaaaaa1'],
      ['444455556666', null, '444455556666 i-0bbbbbbbbbbbbbbb2'],
      ['444455556666', null, '444455556666 i-0ccccccccccccccc3'],
    ]);
    for (const { body } of advice) expect(RightsizingAdvice.parse(body)).toEqual(body);
    expect(RightsizingSummary.parse(summary.body)).toEqual(summary.body);
  });

  it('has every figure of a machine, and null for what AWS leaves empty', () => {
    expect(bodyOf('i-0aaaaaaaaaaaaaaa1')).toMatchObject({
      actionType: 'Modify',
      current: {
        instanceType: 'm5.xlarge',
        skuId: 'EXAMPLESKU000001',
        memory: '16 GiB',
        hourlyOnDemandRate: '0.248',
      },
      utilization: {
        cpuMaximumPercent: '20',
        memoryMaximumPercent: null,
        ebsReadOps: '12.5',
        ebsWriteBytes: '2048',
        ebsWriteOps: null,
        diskReadOps: '3',
        networkInBytes: '9000',
        networkOutPackets: '7',
      },
      hours: {
        total: '336',
        onDemand: '300',
        reserved: '36',
        savingsPlans: '0',
      },
      monthlyCost: '161.6428571429',
      reasons: ['CPU_OVER_PROVISIONED'],
    });
  });

  it('saves what the target saves that AWS prefers, and keeps the others beside it', () => {
    const body = bodyOf('i-0aaaaaaaaaaaaaaa1');
    expect([body?.monthlySavings, body?.savingsCurrency]).toEqual(['80.8214285714', 'USD']);
    expect(body?.targets.map((target) => [target.machine.instanceType, target.isDefault, target.monthlyCost])).toEqual([
      ['m5a.large', false, '90'],
      ['m5.large', true, '80.8214285714'],
    ]);
    expect(body?.targets[1]).toMatchObject({
      expectedUtilization: { cpuMaximumPercent: '40' },
      platformDifferences: ['HYPERVISOR'],
    });
  });

  it('reads Terminate in either spelling, and no saving is not a saving of zero', () => {
    expect(bodyOf('i-0bbbbbbbbbbbbbbb2')).toMatchObject({
      actionType: 'Terminate',
      monthlySavings: '0',
      targets: [],
    });
    expect(bodyOf('i-0ccccccccccccccc3')).toMatchObject({
      actionType: 'Terminate',
      monthlySavings: null,
      monthlyCost: null,
    });
  });

  it('takes strangers’ names as one line of text', () => {
    const body = bodyOf('i-0aaaaaaaaaaaaaaa1');
    expect(body?.name).toMatch(/^orders.*<b>batch<\/b>.*=1\+1$/);
    expect([...(body?.name ?? '')].every((letter) => letter >= ' ')).toBe(true);
    expect(body?.tags).toEqual([{ key: '環境', values: ['本番', ''] }]);
  });

  it('counts what it cannot read and leaves it out', () => {
    expect(unread).toEqual([
      'a type of rightsizing that is known, not "HIBERNATE"',
      'a recommendation in the form that AWS sends',
      'a recommendation in the form that AWS sends',
    ]);
  });

  it('prefers no target by itself where AWS prefers none of several', () => {
    const [item] = fixture('rightsizing.json').RightsizingRecommendations;
    for (const target of item.ModifyRecommendationDetail.TargetInstances) delete target.DefaultTargetInstance;
    expect(rightsizingOf([{ RightsizingRecommendations: [item] }]).advice[0]?.body.monthlySavings).toBeNull();
  });

  it('has AWS’s own total, which is unknown where AWS says nothing', () => {
    expect(summary).toMatchObject({
      accountId: null,
      body: {
        generatedAt: '2026-11-23T06:00:00Z',
        lookback: 'FOURTEEN_DAYS',
        recommendations: '3',
        monthlySavings: '188.34',
      },
    });
    expect(rightsizingOf([{}])).toMatchObject({
      advice: [],
      unread: [],
      summary: { body: { monthlySavings: null } },
    });
  });
});
