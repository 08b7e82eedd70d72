import { describe, expect, it } from 'vitest';
import { dayOfPlans, monthOfPlan, planCoverageOf } from '../../../src/adapters/aws/commitment-use/plan-mapper.ts';
import {
  dayOfReservations,
  monthOfReservation,
  reservationCoverageOf,
  reservationOf,
} from '../../../src/adapters/aws/commitment-use/reservation-mapper.ts';
import { decimalOf, readRows } from '../../../src/adapters/aws/decimals.ts';
import { planAdviceOf, reservationAdviceOf } from '../../../src/adapters/aws/purchase-advice/mapper.ts';
import { savingsPlanFactOf } from '../../../src/adapters/aws/savings-plans/mapper.ts';
import { ratesOf } from '../../../src/adapters/aws/savings-plans/rate-mapper.ts';
import { Commitment } from '../../../src/ledger/commitment.ts';
import { PlanUtilization, ReservationUtilization } from '../../../src/ledger/commitment-use.ts';
import { PlanPurchaseAdvice } from '../../../src/ledger/purchase-advice.ts';
import { SavingsPlanRate } from '../../../src/ledger/savings-plan-rate.ts';
import { fixture } from './fixture.ts';

const { savingsPlans } = fixture('savings-plans.json');
const use = fixture('commitment-use.json');
const OCTOBER = { start: '2026-10-01', end: '2026-11-01' };
const RDS = 'Amazon Relational Database Service';

describe('a number of AWS', () => {
  it.each([
    ['0.6960000000000001', '0.696'],
    ['9.0E-5', '0.00009'],
    [' 12 ', '12'],
    ['-0.0', '0'],
    ['NaN', null],
    ['1e999', null],
    ['', null],
    [undefined, null],
    ['12,5', null],
  ])('%s is %s', (text, value) => {
    expect(decimalOf(text)).toBe(value);
  });
});

describe('a Savings Plan', () => {
  it('is a fact about the account that owns it, with its money and its end', () => {
    const fact = savingsPlanFactOf(savingsPlans[0]);
    expect(fact).toMatchObject({ accountId: '111122223333', day: null, key: savingsPlans[0].savingsPlanArn });
    expect(Commitment.parse(fact.body)).toMatchObject({
      category: 'Spend',
      planType: 'Compute',
      regionId: null,
      instanceFamily: null,
      termYears: 1,
      paymentOption: 'NoUpfront',
      hourlyCommitment: '1.234',
      upfrontPayment: '0',
      recurringHourlyPayment: '1.234',
      end: '2027-01-31T23:59:59.000Z',
      state: 'active',
    });
  });

  it('of one family knows its region and family, and what was paid at once', () => {
    expect(savingsPlanFactOf(savingsPlans[1]).body).toMatchObject({
      planType: 'EC2Instance',
      regionId: 'ap-northeast-1',
      instanceFamily: 'm5',
      termYears: 3,
      paymentOption: 'PartialUpfront',
      upfrontPayment: '26280',
      recurringHourlyPayment: '1',
      state: 'retired',
    });
  });

  it('that cannot be read is counted, and the others land', () => {
    const { results, unread } = readRows(savingsPlans, savingsPlanFactOf);
    expect(results).toHaveLength(2);
    expect(unread).toEqual(['no commitment', 'a type of Savings Plan that we know']);
    expect(readRows([null, {}, { savingsPlanArn: 'arn' }], savingsPlanFactOf).unread).toHaveLength(3);
  });
});

describe('rates of plans', () => {
  const row = {
    savingsPlanOffering: { paymentOption: 'No Upfront', planType: 'EC2Instance', durationSeconds: 31_536_000, currency: 'USD' },
    rate: '0.078',
    unit: 'Hrs',
    serviceCode: 'AmazonEC2',
    usageType: 'APN1-BoxUsage:m5.large',
    operation: 'RunInstances',
    properties: [
      { name: 'region', value: 'ap-northeast-1' },
      { name: 'instanceFamily', value: 'm5' },
      { name: 'productDescription', value: 'Linux/UNIX' },
      { name: 'tenancy', value: 'shared' },
    ],
  };
  const offering = (change: object) => ({ ...row, savingsPlanOffering: { ...row.savingsPlanOffering, ...change } });

  it('are one fact for a kind of usage, with every term and payment in order', () => {
    const rows = [offering({ durationSeconds: 94_608_000 }), offering({ paymentOption: 'All Upfront' }), row];
    const { facts, unread } = ratesOf(rows, '2026-11-24');
    expect(unread).toEqual([]);
    expect(facts).toHaveLength(1);
    expect(SavingsPlanRate.parse(facts[0]?.body)).toMatchObject({
      planType: 'EC2Instance',
      instanceFamily: 'm5',
      regionId: 'ap-northeast-1',
    });
    expect(facts[0]?.body.rates.map((rate) => `${rate.termYears} ${rate.paymentOption}`)).toEqual([
      '1 NoUpfront',
      '1 AllUpfront',
      '3 NoUpfront',
    ]);
    expect(facts[0]?.day).toBe('2026-11-24');
  });

  it('keep plan types, systems and tenancies apart, and leave out what cannot be read', () => {
    const windows = { ...row, operation: 'RunInstances:0002' };
    const dedicated = { ...row, properties: [...row.properties.slice(0, 3), { name: 'tenancy', value: 'dedicated' }] };
    const strange = [{ ...row, rate: 'free' }, offering({ durationSeconds: 5 }), offering({ planType: 'Quantum' }), null];
    const { facts, unread } = ratesOf([row, windows, dedicated, offering({ planType: 'Compute' }), ...strange], '2026-11-24');
    expect(facts).toHaveLength(4);
    expect(new Set(facts.map((fact) => fact.key)).size).toBe(4);
    expect(unread).toHaveLength(4);
  });
});

describe('advice on purchases', () => {
  const question = {
    planType: 'Compute',
    termYears: 1,
    paymentOption: 'NoUpfront',
    lookbackDays: 30,
    accountScope: 'payer',
  } as const;

  it('is the whole answer over its pages, and an empty one is an answer', () => {
    const page = (detail: object) => ({
      Metadata: { GenerationTimestamp: '2026-11-23T06:00:00Z' },
      SavingsPlansPurchaseRecommendation: {
        SavingsPlansPurchaseRecommendationDetails: [detail],
        SavingsPlansPurchaseRecommendationSummary: { EstimatedMonthlySavingsAmount: '12.5', CurrencyCode: 'USD' },
      },
    });
    const { facts, unread } = planAdviceOf(question, [page({ HourlyCommitmentToPurchase: '0.5', EstimatedROI: '30' }), page({})]);
    expect(PlanPurchaseAdvice.parse(facts[0]?.body)).toMatchObject({
      ...question,
      generatedAt: '2026-11-23T06:00:00Z',
      estimatedMonthlySavings: '12.5',
      proposals: [{ hourlyCommitment: '0.5', estimatedReturnPercent: '30', upfrontCost: null }],
    });
    expect(unread).toEqual(['no hourly commitment']);
    expect(planAdviceOf(question, [{}]).facts[0]?.body).toMatchObject({ proposals: [], estimatedMonthlySavings: null });
  });

  it('reads the instance of whichever service it is about', () => {
    const about = { ...question, serviceName: RDS, offeringClass: null };
    const detail = (InstanceDetails: object) => ({ RecommendedNumberOfInstancesToPurchase: '2', InstanceDetails });
    const { facts } = reservationAdviceOf(about, [
      {
        Recommendations: [
          {
            RecommendationDetails: [
              detail({
                RDSInstanceDetails: { InstanceType: 'db.r5.large', DatabaseEngine: 'MySQL', DeploymentOption: 'Multi-AZ' },
              }),
              detail({ ESInstanceDetails: { InstanceClass: 'm6g', InstanceSize: 'large', Region: 'us-east-1' } }),
              detail({ ElastiCacheInstanceDetails: { NodeType: 'cache.r6g.large', ProductDescription: 'redis' } }),
            ],
          },
        ],
      },
    ]);
    expect(facts[0]?.body.proposals.map((item) => [item.instanceType, item.platform, item.instances])).toEqual([
      ['db.r5.large', 'MySQL', '2'],
      ['m6g.large', null, '2'],
      ['cache.r6g.large', 'redis', '2'],
    ]);
  });
});

describe('utilization of plans', () => {
  it('belongs to the owner of the plan, without the tail of floats', () => {
    const fact = monthOfPlan(use.details[0], OCTOBER);
    expect(fact).toMatchObject({ accountId: '111122223333', day: '2026-10-01' });
    expect(PlanUtilization.parse(fact.body)).toMatchObject({
      until: '2026-11-01',
      commitment: '0.696',
      used: '0.696',
      unused: '0',
      utilizationPercent: '100',
      netSavings: '0.4935272664',
    });
  });

  it('whose parts are not the whole is no utilization', () => {
    expect(() => monthOfPlan(use.details[1], OCTOBER)).toThrow(/used and unused/);
  });

  it('of a day is of all plans, and of no single account', () => {
    const row = { ...use.details[0], TimePeriod: { Start: '2026-10-03', End: '2026-10-04' } };
    expect(dayOfPlans(row)).toMatchObject({ accountId: null, day: '2026-10-03', key: 'all', body: { commitmentId: null } });
    expect(() => dayOfPlans({ ...row, TimePeriod: { Start: '2026-10-04', End: '2026-10-04' } })).toThrow(/days/);
  });
});

describe('coverage by plans', () => {
  it("reads AWS's words for none as none", () => {
    expect(planCoverageOf(use.coverage)).toMatchObject({
      day: '2026-10-01',
      body: { regionId: 'ap-northeast-1', instanceFamily: null, covered: '30.5', onDemand: '0.00009', until: '2026-11-01' },
    });
  });

  it('is a share: never below nothing or above all', () => {
    for (const CoveragePercentage of ['-1', '140']) {
      expect(() => planCoverageOf({ ...use.coverage, Coverage: { ...use.coverage.Coverage, CoveragePercentage } })).toThrow(
        /between/,
      );
    }
    const { CoveragePercentage, ...Coverage } = use.coverage.Coverage;
    expect(planCoverageOf({ ...use.coverage, Coverage }).body.coveragePercent).toBe(CoveragePercentage);
    const nothing = { SpendCoveredBySavingsPlans: '0', OnDemandCost: '0' };
    expect(planCoverageOf({ ...use.coverage, Coverage: nothing }).body.coveragePercent).toBe('0');
  });
});

describe('a reservation', () => {
  it('is inventory and use in one row', () => {
    expect(Commitment.parse(reservationOf(use.reservation, RDS).body)).toMatchObject({
      commitmentId: 'arn:aws:rds:ap-northeast-1:444455556666:ri:orders',
      category: 'Usage',
      ownerAccountId: '444455556666',
      serviceName: RDS,
      instanceType: 'db.r5.xlarge',
      quantity: 2,
      termYears: 3,
      paymentOption: 'PartialUpfront',
      offeringClass: 'standard',
      platform: 'PostgreSQL',
      upfrontPayment: '4380',
      recurringHourlyPayment: '0.5',
      end: '2029-03-31T00:00:00.000Z',
      state: 'active',
    });
    expect(ReservationUtilization.parse(monthOfReservation(use.reservation, RDS, OCTOBER).body)).toMatchObject({
      purchasedHours: '1440',
      usedHours: '1080',
      unusedHours: '360',
      utilizationPercent: '75',
      unusedFee: '360',
      netSavings: '180',
    });
  });

  it('without an ARN keeps the id that AWS gives it; without any it cannot be told from others', () => {
    const { reservationARN: _, ...Attributes } = use.reservation.Attributes;
    expect(reservationOf({ ...use.reservation, Attributes }, RDS).key).toBe('1234567890');
    expect(() => reservationOf({ ...use.reservation, Value: null, Attributes }, RDS)).toThrow(/id/);
  });

  it('is not there on a day without purchased hours', () => {
    const TimePeriod = { Start: '2026-10-03', End: '2026-10-04' };
    expect(dayOfReservations({ TimePeriod, Total: { PurchasedHours: '0' } }, RDS)).toBeNull();
    expect(dayOfReservations({ TimePeriod, Total: use.reservation.Utilization }, RDS)).toMatchObject({
      key: RDS,
      day: '2026-10-03',
    });
  });

  it('covers hours of an account, a region and a type', () => {
    expect(reservationCoverageOf(use.reservationCoverage, RDS, OCTOBER)).toMatchObject({
      accountId: '444455556666',
      body: { reservedHours: '1440', totalHours: '2160', coveragePercent: '66.6666666667', onDemandCost: '1080' },
    });
  });
});
