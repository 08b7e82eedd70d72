import { describe, expect, it } from 'vitest';
import { awsCostSource } from '../../../src/adapters/aws/index.ts';
import { openAws } from '../../../src/adapters/aws/open-aws.ts';
import { fixture } from './fixture.ts';
import { aConnection, PAYER, refusal, scriptedAws } from './scripted-aws.ts';

const source = () => awsCostSource(openAws({ maxAttempts: 1 })).commitments;
const { savingsPlans } = fixture('savings-plans.json');
const use = fixture('commitment-use.json');
const OCTOBER = { start: '2026-10-01', end: '2026-11-01' };
const QUESTION = { window: { start: '2026-10-01', end: '2026-10-03' }, months: [OCTOBER] };
const RDS = 'Amazon Relational Database Service';

function purse() {
  const bought: string[] = [];
  return {
    bought,
    options: {
      pageBought: async (cost: string) => {
        bought.push(cost);
      },
    },
  };
}

describe('asking for Savings Plans', () => {
  it('reads on over an empty page, pays nothing, and counts what it cannot read', async () => {
    await using aws = await scriptedAws((_request, count) => ({
      json: [
        { savingsPlans: savingsPlans.slice(0, 1), nextToken: 'a' },
        { savingsPlans: [], nextToken: 'b' },
        { savingsPlans: savingsPlans.slice(1) },
      ][count - 1],
    }));
    const { bought, options } = purse();
    const pulled = await source().savingsPlans(aConnection(aws.url), options);
    expect(pulled.facts.map((fact) => fact.key)).toEqual(
      savingsPlans.slice(0, 2).map((plan: { savingsPlanArn: string }) => plan.savingsPlanArn),
    );
    expect(pulled.unread).toHaveLength(2);
    expect(bought).toEqual(['0', '0', '0']);
    expect(aws.requests.map((request) => [request.operation, request.body])).toEqual([
      ['DescribeSavingsPlans', { maxResults: 1000 }],
      ['DescribeSavingsPlans', { maxResults: 1000, nextToken: 'a' }],
      ['DescribeSavingsPlans', { maxResults: 1000, nextToken: 'b' }],
    ]);
    expect(aws.requests[0]?.authorization).toContain('/us-east-1/savingsplans/');
  });

  it('names the permission when it is refused', async () => {
    await using aws = await scriptedAws(() => refusal('AccessDeniedException'));
    await expect(source().savingsPlans(aConnection(aws.url), purse().options)).rejects.toMatchObject({
      code: 'ACCESS_DENIED_BY_AWS',
      message: `AWS Savings Plans refused account ${PAYER}: allow savingsplans:DescribeSavingsPlans`,
    });
  });

  it('stops at a token that comes twice', async () => {
    await using aws = await scriptedAws(() => ({ json: { savingsPlans: [], nextToken: 'same' } }));
    await expect(source().savingsPlans(aConnection(aws.url), purse().options)).rejects.toMatchObject({
      code: 'SOURCE_ANSWER_UNREADABLE',
    });
  });
});

describe('asking for the rates of plans', () => {
  it('asks for machines and for database nodes by usage type, fifty at a time, and for the rest by region', async () => {
    await using aws = await scriptedAws(() => ({ json: { searchResults: [] } }));
    const nodeUsageTypes = Array.from({ length: 51 }, (_, index) => `InstanceUsage:db.r7g.${index}xlarge`);
    const question = { usageTypes: ['BoxUsage:m5.large'], nodeUsageTypes, regionIds: ['us-east-1'], asOf: '2026-11-24' };
    const { bought, options } = purse();
    expect(await source().planRates(aConnection(aws.url), question, options)).toEqual({ facts: [], unread: [] });
    const databases = { savingsPlanTypes: ['Database'], serviceCodes: ['AmazonRDS', 'AmazonElastiCache', 'AmazonES'] };
    expect(aws.requests.map(({ body }) => body)).toEqual([
      { serviceCodes: ['AmazonEC2'], usageTypes: ['BoxUsage:m5.large'], maxResults: 1000 },
      { ...databases, usageTypes: nodeUsageTypes.slice(0, 50), maxResults: 1000 },
      { ...databases, usageTypes: nodeUsageTypes.slice(50), maxResults: 1000 },
      { serviceCodes: ['AmazonECS', 'AWSLambda'], filters: [{ name: 'region', values: ['us-east-1'] }], maxResults: 1000 },
    ]);
    expect(bought).toEqual(['0', '0', '0', '0']);
  });
});

describe('asking for the use of plans', () => {
  const utilization = { SavingsPlansUtilizationsByTime: [], Total: use.details[0] };

  it('buys one page for the days of each figure and two for a month', async () => {
    await using aws = await scriptedAws(({ operation, body }) => {
      if (operation === 'GetSavingsPlansUtilization') return { json: utilization };
      if (operation === 'GetSavingsPlansUtilizationDetails') {
        return { json: { SavingsPlansUtilizationDetails: use.details, Total: use.details[0], TimePeriod: body.TimePeriod } };
      }
      return { json: { SavingsPlansCoverages: body.GroupBy ? [use.coverage] : [] } };
    });
    const { bought, options } = purse();
    const pulled = await source().planUse(aConnection(aws.url), QUESTION, options);
    expect(bought).toEqual(['0.01', '0.01', '0.01', '0.01']);
    expect(pulled.utilizationByMonth.facts).toHaveLength(1);
    expect(pulled.utilizationByMonth.unread).toEqual(['used and unused that are the commitment']);
    expect(pulled.coverageByMonth.facts).toHaveLength(1);
    expect(aws.requests.map(({ operation, body }) => [operation, body.Granularity ?? null, body.GroupBy?.length ?? 0])).toEqual([
      ['GetSavingsPlansUtilization', 'DAILY', 0],
      ['GetSavingsPlansUtilizationDetails', null, 0],
      ['GetSavingsPlansCoverage', 'DAILY', 0],
      ['GetSavingsPlansCoverage', null, 3],
    ]);
  });

  it('follows the tokens of each figure by their own name', async () => {
    await using aws = await scriptedAws(({ operation, body }) => {
      if (operation === 'GetSavingsPlansUtilization') return { json: utilization };
      const next = body.NextToken ? {} : { NextToken: 'more' };
      if (operation === 'GetSavingsPlansCoverage') return { json: { SavingsPlansCoverages: [], ...next } };
      const rows = [use.details[body.NextToken ? 1 : 0]];
      return { json: { SavingsPlansUtilizationDetails: rows, TimePeriod: body.TimePeriod, ...next } };
    });
    const { bought, options } = purse();
    await source().planUse(aConnection(aws.url), QUESTION, options);
    expect(bought).toHaveLength(7);
  });

  it('says that there is nothing where AWS says so', async () => {
    await using aws = await scriptedAws(() => refusal('DataUnavailableException'));
    await expect(source().planUse(aConnection(aws.url), QUESTION, purse().options)).rejects.toMatchObject({
      code: 'DATA_UNAVAILABLE',
    });
  });
});

describe('asking for the use of reservations', () => {
  it('asks a service without reservations for its days alone', async () => {
    await using aws = await scriptedAws(() => ({ json: { UtilizationsByTime: [] } }));
    const { bought, options } = purse();
    const pulled = await source().reservationUse(aConnection(aws.url), { ...QUESTION, serviceNames: [RDS] }, options);
    expect(bought).toEqual(['0.01']);
    expect(pulled.inventory.facts).toEqual([]);
    expect(aws.requests[0]?.body.Filter).toEqual({ Dimensions: { Key: 'SERVICE', Values: [RDS] } });
  });

  it('reads each reservation with its use, and a row of another shape is left out and counted', async () => {
    const TimePeriod = { Start: '2026-10-01', End: '2026-10-02' };
    const broken = { ...use.reservation, Value: '9', Attributes: {} };
    await using aws = await scriptedAws(({ operation, body }) => {
      if (operation === 'GetReservationCoverage') {
        return { json: { CoveragesByTime: [{ TimePeriod, Groups: [use.reservationCoverage] }] } };
      }
      if (!body.GroupBy) return { json: { UtilizationsByTime: [{ TimePeriod, Total: use.reservation.Utilization }] } };
      return { json: { UtilizationsByTime: [{ TimePeriod, Groups: [use.reservation, broken] }] } };
    });
    const pulled = await source().reservationUse(aConnection(aws.url), { ...QUESTION, serviceNames: [RDS] }, purse().options);
    expect(pulled.inventory.facts.map((fact) => fact.key)).toEqual(['arn:aws:rds:ap-northeast-1:444455556666:ri:orders']);
    expect(pulled.utilizationByMonth.facts).toHaveLength(1);
    expect(pulled.utilizationByMonth.unread).toEqual(['no start']);
    expect(pulled.coverageByMonth.facts).toHaveLength(1);
  });
});
