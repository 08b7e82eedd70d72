import {
  DescribeSavingsPlansCommand,
  type DescribeSavingsPlansCommandInput,
  DescribeSavingsPlansOfferingRatesCommand,
  type DescribeSavingsPlansOfferingRatesCommandInput,
  DescribeSavingsPlansOfferingsCommand,
} from '@aws-sdk/client-savingsplans';
import { describe, expect, it } from 'vitest';
import { savingsPlanRates } from '../../../src/sandbox/estate/prices/plan-rates.ts';
import { clientsOf, serveForTest } from './clients.ts';
import { PAYER, SHOP, tinyEstate, usd } from './tiny-estate.ts';

const ID = '3f9f0f3c-0000-4000-8000-00000000000a';
const PLAN = {
  arn: `arn:aws:savingsplans::${PAYER}:savingsplan/${ID}`,
  start: '2026-01-01',
  end: '2027-01-01',
  hourlyCommitment: usd('1.25'),
};
const OLD = { ...PLAN, arn: PLAN.arn.replace('0a', '0b'), start: '2025-10-01', end: '2026-10-01' };
const estate = () => tinyEstate({ savingsPlans: [PLAN, OLD], planRates: savingsPlanRates() });
const client = async () => clientsOf(await serveForTest(estate())).savingsPlans;
const plans = async (input: DescribeSavingsPlansCommandInput = {}) =>
  (await client()).send(new DescribeSavingsPlansCommand(input));
const rates = async (input: DescribeSavingsPlansOfferingRatesCommandInput) =>
  (await client()).send(new DescribeSavingsPlansOfferingRatesCommand(input));

describe('DescribeSavingsPlans', () => {
  it('tells each plan with its money, its end and its state', async () => {
    const { savingsPlans = [], nextToken } = await plans();
    expect(nextToken).toBeUndefined();
    expect(savingsPlans[0]).toMatchObject({
      savingsPlanArn: PLAN.arn,
      savingsPlanId: ID,
      savingsPlanType: 'Compute',
      paymentOption: 'No Upfront',
      commitment: '1.25',
      recurringPaymentAmount: '1.25',
      upfrontPaymentAmount: '0.0',
      currency: 'USD',
      state: 'active',
      start: '2026-01-01T00:00:00.000Z',
      end: '2026-12-31T23:59:59.000Z',
      termDurationInSeconds: 31_536_000,
      productTypes: ['EC2', 'Fargate', 'Lambda'],
    });
    expect(savingsPlans.map((plan) => plan.state)).toEqual(['active', 'retired']);
  });

  it('filters by state, id and member', async () => {
    expect((await plans({ states: ['retired'] })).savingsPlans?.map((plan) => plan.savingsPlanArn)).toEqual([OLD.arn]);
    expect((await plans({ savingsPlanIds: [ID] })).savingsPlans).toHaveLength(1);
    expect((await plans({ filters: [{ name: 'savings-plan-type', values: ['EC2Instance'] }] })).savingsPlans).toEqual([]);
    expect((await plans({ filters: [{ name: 'commitment', values: ['1.25'] }] })).savingsPlans).toHaveLength(2);
  });

  it('pages', async () => {
    const savings = await client();
    const first = await savings.send(new DescribeSavingsPlansCommand({ maxResults: 1 }));
    const second = await savings.send(new DescribeSavingsPlansCommand({ maxResults: 1, nextToken: first.nextToken }));
    expect([first, second].flatMap((page) => page.savingsPlans?.map((plan) => plan.savingsPlanArn))).toEqual([PLAN.arn, OLD.arn]);
    expect(second.nextToken).toBeUndefined();
  });

  it('refuses a token of another question and a size that AWS does not take', async () => {
    const savings = await client();
    const { nextToken } = await savings.send(new DescribeSavingsPlansCommand({ maxResults: 1 }));
    await expect(savings.send(new DescribeSavingsPlansCommand({ states: ['active'], nextToken }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await expect(plans({ maxResults: 1001 })).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('meets faults like the other services', async () => {
    const sandbox = await serveForTest(estate(), { faults: [{ kind: 'accessDenied', service: 'savingsplans' }] });
    await expect(clientsOf(sandbox).savingsPlans.send(new DescribeSavingsPlansCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('savingsplans:DescribeSavingsPlans'),
    });
    expect(sandbox.requests()).toMatchObject([{ service: 'savingsplans', refused: 1, requestCost: '0.00' }]);
  });

  it('shows a member account its own plans only: none', async () => {
    const role = `arn:aws:iam::${SHOP}:role/reader`;
    const sandbox = await serveForTest(estate(), { roles: [{ roleArn: role, externalId: 'an-external-id' }] });
    const { AssumeRoleCommand } = await import('@aws-sdk/client-sts');
    const { Credentials } = await clientsOf(sandbox).sts.send(
      new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'test', ExternalId: 'an-external-id' }),
    );
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
    const { savingsPlans } = await clientsOf(sandbox, { credentials }).savingsPlans.send(new DescribeSavingsPlansCommand({}));
    expect(savingsPlans).toEqual([]);
  });
});

describe('DescribeSavingsPlansOfferingRates', () => {
  it('says what a Compute plan charges for a machine, for Fargate and for Lambda', async () => {
    const compute = { savingsPlanTypes: ['Compute' as const], savingsPlanPaymentOptions: ['No Upfront' as const] };
    const filters = [{ name: 'region' as const, values: ['ap-northeast-1'] }];
    const { searchResults = [] } = await rates({
      ...compute,
      filters,
      usageTypes: ['APN1-BoxUsage:m5.large'],
      operations: ['RunInstances'],
    });
    const [oneYear, threeYears, ...others] = searchResults;
    expect(others).toEqual([]);
    expect(oneYear).toMatchObject({
      rate: '0.099',
      unit: 'Hrs',
      serviceCode: 'AmazonEC2',
      productType: 'EC2',
      savingsPlanOffering: { planType: 'Compute', durationSeconds: 31_536_000, currency: 'USD', paymentOption: 'No Upfront' },
    });
    expect(oneYear?.properties).toContainEqual({ name: 'productDescription', value: 'Linux/UNIX' });
    expect(Number(threeYears?.rate)).toBeLessThan(Number(oneYear?.rate));
    const serverless = await rates({ ...compute, filters, serviceCodes: ['AmazonECS', 'AWSLambda'] });
    expect(new Set(serverless.searchResults?.map((rate) => rate.unit))).toEqual(new Set(['Hrs', 'Lambda-GB-Second']));
  });

  it('has EC2 Instance plans for machines alone, cheaper than Compute plans', async () => {
    const usageTypes = ['BoxUsage:m5.large'];
    const { searchResults = [] } = await rates({
      usageTypes,
      operations: ['RunInstances'],
      savingsPlanPaymentOptions: ['No Upfront'],
    });
    const of = (planType: string) => searchResults.find((rate) => rate.savingsPlanOffering?.planType === planType)?.rate;
    expect(Number(of('EC2Instance'))).toBeLessThan(Number(of('Compute')));
    expect((await rates({ savingsPlanTypes: ['EC2Instance'], serviceCodes: ['AWSLambda'] })).searchResults).toEqual([]);
  });

  it('has Database plans for new generations alone, for one year without a fee, each engine at its own rate', async () => {
    const savingsPlanTypes = ['Database' as const];
    const usageTypes = ['APN1-InstanceUsage:db.r7g.large', 'APN1-InstanceUsage:db.r5.large'];
    const { searchResults = [] } = await rates({ savingsPlanTypes, serviceCodes: ['AmazonRDS'], usageTypes });
    expect(
      searchResults.map(({ usageType, operation, rate, savingsPlanOffering: plan }) => [
        ...[usageType, operation, rate],
        ...[plan?.paymentOption, plan?.durationSeconds],
      ]),
    ).toEqual([
      ['APN1-InstanceUsage:db.r7g.large', 'CreateDBInstance:0002', '0.2272', 'No Upfront', 31_536_000],
      ['APN1-InstanceUsage:db.r7g.large', 'CreateDBInstance:0014', '0.2392', 'No Upfront', 31_536_000],
    ]);
    expect((await rates({ savingsPlanTypes, serviceCodes: ['AmazonEC2'] })).searchResults).toEqual([]);
  });

  it('gives everything to whoever asks for everything, page by page and nothing twice', async () => {
    const savings = await client();
    const seen: string[] = [];
    let nextToken: string | undefined;
    do {
      const page: Awaited<ReturnType<typeof rates>> = await savings.send(
        new DescribeSavingsPlansOfferingRatesCommand({ savingsPlanTypes: ['Compute'], maxResults: 1000, nextToken }),
      );
      for (const { savingsPlanOffering: plan, usageType, operation } of page.searchResults ?? []) {
        seen.push(`${plan?.offeringId} ${usageType} ${operation}`);
      }
      nextToken = page.nextToken;
    } while (nextToken);
    expect(seen).toHaveLength(savingsPlanRates().filter(({ compute }) => compute !== null).length * 6);
    expect(new Set(seen).size).toBe(seen.length);
  });
});

describe('DescribeSavingsPlansOfferings', () => {
  it('lists the plans on sale, whose ids the rates name', async () => {
    const savings = await client();
    const { searchResults = [] } = await savings.send(
      new DescribeSavingsPlansOfferingsCommand({
        planTypes: ['Compute'],
        durations: [94_608_000],
        paymentOptions: ['All Upfront'],
      }),
    );
    expect(searchResults).toHaveLength(1);
    expect(searchResults[0]).toMatchObject({ productTypes: ['EC2', 'Fargate', 'Lambda'], durationSeconds: 94_608_000 });
    const found = await rates({ savingsPlanOfferingIds: [searchResults[0]?.offeringId ?? ''], maxResults: 1 });
    expect(found.searchResults?.[0]?.savingsPlanOffering?.paymentOption).toBe('All Upfront');
  });
});
