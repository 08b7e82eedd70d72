import { describe, expect, it } from 'vitest';
import { anomalyOf } from '../../../src/adapters/aws/cost-explorer/anomalies.ts';
import { AttributionCollector } from '../../../src/adapters/aws/cost-explorer/attribution.ts';
import { driversOf } from '../../../src/adapters/aws/cost-explorer/comparison.ts';
import { forecastOf } from '../../../src/adapters/aws/cost-explorer/forecast.ts';
import { awsCostSource } from '../../../src/adapters/aws/index.ts';
import { openAws } from '../../../src/adapters/aws/open-aws.ts';
import { aConnection, refusal, scriptedAws } from './scripted-aws.ts';

const WINDOW = { start: '2026-11-01', end: '2026-11-04' };
const paid = { pageBought: async () => {} };
const source = awsCostSource(openAws({ maxAttempts: 1 }));

describe('cost by a tag', () => {
  const collected = (groups: readonly [account: string, group: string][], day = '2026-11-02') => {
    const collector = new AttributionCollector({ kind: 'tag', key: 'pro$ject', attributableFrom: '2026-11-02' }, WINDOW);
    const money = { Amount: '1.5', Unit: 'USD' };
    const Groups = groups.map((Keys) => ({ Keys, Metrics: { NetUnblendedCost: money, NetAmortizedCost: money } }));
    const next = `${day.slice(0, 8)}${String(Number(day.slice(8)) + 1).padStart(2, '0')}`;
    collector.add({ ResultsByTime: [{ TimePeriod: { Start: day, End: next }, Groups, Total: {} }] });
    return collector;
  };

  it('takes the key off the value, which may hold its sign too, and keeps strangers text as it is', () => {
    const hostile = `"><img src=x> =1+1 週次$`;
    const { lines } = collected([
      ['111122223333', `pro$ject$${hostile}`],
      ['111122223333', 'pro$ject$$'],
    ]);
    expect(lines.map(({ state, value }) => [state, value])).toEqual([
      ['value', hostile],
      ['value', '$'],
    ]);
  });

  it('tells untagged cost from cost that could not be tagged yet', () => {
    const stateOn = (day: string) =>
      collected([['111122223333', 'pro$ject$']], day).lines.map(({ state, value }) => [state, value]);
    expect(stateOn('2026-11-01')).toEqual([['notAttributable', null]]);
    expect(stateOn('2026-11-02')).toEqual([['untagged', null]]);
  });

  it('sets aside a group of another key, text with control characters, and an account that is none', () => {
    const { lines, quarantined } = collected([
      ['111122223333', 'other$x'],
      ['111122223333', 'pro$ject$\u0007'],
      ['x', 'pro$ject$y'],
    ]);
    expect(lines).toEqual([]);
    expect(quarantined.map(({ reason }) => reason)).toEqual([
      'the group is not of the key that was asked for',
      'a name has control characters or is too long',
      'the account id does not have 12 digits',
    ]);
  });
});

describe('the keys that cost can be told apart by', () => {
  it('come with the day of their activation, and backfills with their state; what cannot be read is left out', async () => {
    await using aws = await scriptedAws(({ operation, body }) => {
      if (operation === 'ListCostCategoryDefinitions')
        return { json: { CostCategoryReferences: [{ Name: 'Team', EffectiveStart: '2026-01-01T00:00:00Z' }] } };
      if (operation === 'ListCostAllocationTagBackfillHistory') {
        const request = { BackfillFrom: '2026-01-01T00:00:00Z', RequestedAt: '2026-10-01T08:00:00Z' };
        return {
          json: {
            BackfillRequests: [
              { ...request, CompletedAt: '2026-10-02T08:00:00Z', BackfillStatus: 'SUCCEEDED' },
              { ...request, BackfillStatus: 'NEW_WORD' },
            ],
          },
        };
      }
      const tag = { Type: 'UserDefined', Status: 'Active', LastUpdatedDate: '2026-08-08T09:00:00Z' };
      if (!body.NextToken) return { json: { CostAllocationTags: [{ ...tag, TagKey: 'project' }], NextToken: 'more' } };
      return {
        json: {
          CostAllocationTags: [
            { ...tag, TagKey: 'old', Status: 'Inactive' },
            { ...tag, TagKey: 'bad\u0000' },
          ],
        },
      };
    });
    expect(await source.listAllocationKeys(aConnection(aws.url), paid)).toEqual({
      tags: [
        { key: 'project', isActive: true, changedOn: '2026-08-08' },
        { key: 'old', isActive: false, changedOn: '2026-08-08' },
      ],
      backfills: [{ from: '2026-01-01', requestedOn: '2026-10-01', completedOn: '2026-10-02', status: 'succeeded' }],
      costCategories: [{ key: 'Team', effectiveFrom: '2026-01-01' }],
    });
  });
});

describe('a forecast', () => {
  const result = (MeanValue: string) => ({
    TimePeriod: { Start: '2026-11-24', End: '2026-12-01' },
    MeanValue,
    PredictionIntervalLowerBound: '90.5',
    PredictionIntervalUpperBound: '130.25',
  });

  it('is a range for a month, or nothing at all', () => {
    expect(forecastOf(result('110.123456789'), 'USD')).toMatchObject({
      day: '2026-11-01',
      body: { low: '90.5', expected: '110.123456789', high: '130.25', percent: 80 },
    });
    expect(() => forecastOf(result('NaN'), 'USD')).toThrow(/could not be read/);
    expect(() => forecastOf(result('1'), 'Hrs')).toThrow(/could not be read/);
  });

  it('does not exist for a young account, which is said as such', async () => {
    await using aws = await scriptedAws(() => refusal('DataUnavailableException'));
    await expect(source.pullForecast(aConnection(aws.url), WINDOW, paid)).rejects.toMatchObject({ code: 'DATA_UNAVAILABLE' });
  });
});

describe('an anomaly', () => {
  const anomaly = (causes: readonly string[], given: object = {}) => ({
    AnomalyId: 'a-1',
    AnomalyStartDate: '2026-11-01T00:00:00Z',
    AnomalyEndDate: '2026-11-03T00:00:00Z',
    DimensionValue: 'Amazon Relational Database Service',
    RootCauses: causes.map((LinkedAccount) => ({ LinkedAccount, UsageType: 'x', Impact: { Contribution: 0.1 } })),
    Impact: { MaxImpact: 1e-7, TotalImpact: 12.3, TotalActualSpend: 20, TotalExpectedSpend: 7.7 },
    MonitorArn: 'arn:aws:ce::111122223333:anomalymonitor/1',
    ...given,
  });

  it('belongs to the account of all its causes, to the whole connection where there are several', () => {
    expect(anomalyOf(anomaly(['111122223333', '111122223333']))?.accountId).toBe('111122223333');
    expect(anomalyOf(anomaly(['111122223333', '444455556666']))?.accountId).toBeNull();
    expect(anomalyOf(anomaly([]))?.accountId).toBeNull();
  });

  it('has its doubles written out, its day is its last, and what is missing stays unknown', () => {
    expect(anomalyOf(anomaly([], { Feedback: 'PLANNED_ACTIVITY' }))).toMatchObject({
      day: '2026-11-03',
      body: { start: '2026-11-01', totalImpact: '12.3', maxImpact: '0.0000001', feedback: 'plannedActivity' },
    });
    expect(anomalyOf(anomaly([], { Impact: { MaxImpact: 3 } }))?.body).toMatchObject({ totalImpact: '3', expectedSpend: null });
    expect(anomalyOf(anomaly([], { AnomalyStartDate: 'soon' }))).toBeNull();
    expect(anomalyOf({ AnomalyId: 'x' })).toBeNull();
  });
});

describe('the drivers of a month', () => {
  it('name service and usage type out of the selector, and are refused without an amount', () => {
    const amounts = { BaselineTimePeriodAmount: '1', ComparisonTimePeriodAmount: '3', Difference: '2', Unit: 'USD' };
    const selected = {
      CostSelector: {
        And: [{ Dimensions: { Key: 'SERVICE', Values: ['S'] } }, { Dimensions: { Key: 'USAGE_TYPE', Values: ['U'] } }],
      },
      CostDrivers: [{ Type: 'USAGE_CHANGE', Name: 'n', Metrics: { NetUnblendedCost: amounts } }],
    };
    expect(driversOf(selected)).toEqual([
      {
        serviceName: 'S',
        usageType: 'U',
        type: 'USAGE_CHANGE',
        name: 'n',
        baseline: '1',
        comparison: '3',
        difference: '2',
        currency: 'USD',
      },
    ]);
    const broken = { ...amounts, Difference: 'much' };
    expect(() => driversOf({ CostDrivers: [{ Type: 'TAX', Metrics: { NetUnblendedCost: broken } }] })).toThrow(/decimal/);
  });
});
