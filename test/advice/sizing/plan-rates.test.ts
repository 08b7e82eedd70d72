import { describe, expect, it } from 'vitest';
import { instancePrice } from '../../../src/advice/detectors/shared/ec2.ts';
import { coverableSeries } from '../../../src/advice/sizing/coverable-series.ts';
import { RESERVED } from '../../../src/advice/sizing/node-rates.ts';
import { rateCardOf } from '../../../src/advice/sizing/plan-rates.ts';
import { DEFAULT_PURCHASE_POLICY } from '../../../src/advice/sizing/size.ts';
import type { ReservationPurchaseAdvice } from '../../../src/ledger/purchase-advice.ts';
import { SERVICE } from '../../../src/ledger/service.ts';
import type { MeterSeries, Snapshot } from '../../../src/ledger/snapshot.ts';
import { aMeterSeries, aPrice, EXAMPLE_ACCOUNT_ID } from '../../support/builders.ts';
import { aReservationAdvice } from '../../support/commitment-builders.ts';
import { ALL_DAYS, aView, factsOf, hoursOn, onDemandPrice, PERIOD, planRates } from './support.ts';

const POLICY = DEFAULT_PURCHASE_POLICY;
const cardOf = (given: Partial<Snapshot>, policy = POLICY) => {
  const view = aView(given);
  return rateCardOf(EXAMPLE_ACCOUNT_ID, coverableSeries(EXAMPLE_ACCOUNT_ID, view, PERIOD).series, view, policy);
};
/** A machine for every hour at this price. */
const machine = (hourly: number, meterKind = 'BoxUsage:m5.large'): MeterSeries =>
  aMeterSeries({ dailyCost: String(hourly * 24), meterKind });
const rateOf = (card: ReturnType<typeof cardOf>, planType: string) => card.rates.find((rate) => rate.planType === planType)?.rate;

describe('what a plan costs per on-demand dollar', () => {
  it('is what AWS says of the plan beside the list price', () => {
    const card = cardOf({ onDemandMeters: [machine(1)] });
    expect([rateOf(card, 'Compute'), rateOf(card, 'EC2Instance')]).toEqual([0.8, 0.6]);
    expect(card).toMatchObject({ pricedShare: 1, sources: new Set(['savingsPlanRates']) });
  });

  it('saves on Windows what it saves on Linux: the licence is not discounted', () => {
    expect(rateOf(cardOf({ onDemandMeters: [machine(2)] }), 'Compute')).toBeCloseTo(0.9, 9);
  });

  it('is the same share where the bill shows a discount', () => {
    expect(rateOf(cardOf({ onDemandMeters: [machine(0.5)] }), 'Compute')).toBeCloseTo(0.8, 9);
  });

  it('offers only what the policy allows', () => {
    const onDemandMeters = [machine(1)];
    const all = cardOf({ onDemandMeters }, { ...POLICY, termYears: [1, 3], paymentOptions: ['NoUpfront', 'AllUpfront'] });
    expect(all.rates.map(({ termYears, paymentOption, rate }) => [termYears, paymentOption, Number(rate.toFixed(9))])).toEqual([
      [1, 'NoUpfront', 0.8],
      [3, 'AllUpfront', 0.4],
      [1, 'NoUpfront', 0.6],
      [3, 'AllUpfront', 0.3],
    ]);
    expect(cardOf({ onDemandMeters }, { ...POLICY, planTypes: ['Database'] }).rates).toEqual([]);
  });

  it('takes the reserved price of the machine only where no rate of a plan was read', () => {
    const of = { regionId: 'ap-northeast-1', instanceType: 'm5.large', operatingSystem: 'Linux' };
    const prices = [onDemandPrice(), aPrice(instancePrice(of, 'reserved1yNoUpfrontConvertible'), '0.75')];
    const onDemandMeters = [machine(1)];
    const standIn = cardOf({ onDemandMeters, prices, savingsPlanRates: [] });
    expect([rateOf(standIn, 'Compute'), rateOf(standIn, 'EC2Instance'), standIn.sources]).toEqual([
      0.75,
      undefined,
      new Set(['reservedPrice']),
    ]);
    expect(rateOf(cardOf({ onDemandMeters, prices }), 'Compute')).toBe(0.8);
  });

  it('says which share of the usage has a rate; the other stands apart, since no plan can be spent on it', () => {
    const card = cardOf({ onDemandMeters: [machine(3), machine(1, 'BoxUsage:m5.metal')] });
    expect(card.pricedShare).toBe(0.75);
    expect(card.series.map(({ family }) => family.name)).toEqual(['m5 in ap-northeast-1', 'm5 in ap-northeast-1 (no rate)']);
    // 0.2 an hour are saved on a machine of 3 dollars.
    expect(rateOf(card, 'Compute')).toBeCloseTo(1 - 0.2 / 3, 9);
    expect(card.rates.some(({ family }) => family.endsWith('(no rate)'))).toBe(false);
  });

  it('is not known without a list price', () => {
    expect(cardOf({ onDemandMeters: [machine(1)], prices: [] })).toMatchObject({ rates: [], pricedShare: 0 });
  });
});

describe('rates in another currency', () => {
  it('are no rates: list prices and plans are in US dollars', () => {
    expect(cardOf({ onDemandMeters: [machine(1)], currency: 'JPY' })).toMatchObject({ rates: [], pricedShare: 0 });
  });
});

describe('what a reserved node costs per on-demand dollar', () => {
  const node = { serviceName: SERVICE.rds, usageType: 'APN1-InstanceUsage:db.r5.large' };
  const facts = (
    given: Partial<ReservationPurchaseAdvice['proposals'][number]>,
    advice: Partial<ReservationPurchaseAdvice> = {},
  ) =>
    factsOf(
      ALL_DAYS.map((day) => hoursOn(day, [2], node)),
      { awsReservations: [{ ...aReservationAdvice(given), ...advice }] },
    );
  const of = (commitmentFacts: ReturnType<typeof facts>) => rateOf(cardOf({ commitmentFacts }), RESERVED);

  it("comes from AWS's own proposal for the family, with the fee spread over the term", () => {
    expect(of(facts({}))).toBeCloseTo(0.68, 9);
    expect(of(facts({ upfrontCost: '1200', recurringMonthlyCost: '580' }))).toBeCloseTo(0.68, 9);
  });

  it('counts the nodes as if they were used all the time', () => {
    const used = { average: '9', minimum: null, maximum: null };
    expect(of(facts({ instancesUsed: used, estimatedMonthlyOnDemandCost: '900' }))).toBeCloseTo(0.68, 9);
  });

  it('is bought up to what AWS would reserve for this group and no further', () => {
    const own = cardOf({ commitmentFacts: facts({}) });
    expect(own.caps.get('RDS db.r5 in ap-northeast-1')).toBeCloseTo(680 / 730, 9);
    expect(of(facts({ accountId: '999999999999' }))).toBeUndefined();
  });

  it('is not known for another region, another family or another service', () => {
    expect(of(facts({ regionId: 'us-east-1' }))).toBeUndefined();
    expect(of(facts({ instanceType: 'db.m5.large' }))).toBeUndefined();
    expect(of(facts({}, { serviceName: 'Amazon ElastiCache' }))).toBeUndefined();
  });
});

// The fixture's own rates must be those that the tests name.
expect(planRates().map(({ rates }) => rates[0]?.rate)).toEqual(['0.8', '0.6']);
