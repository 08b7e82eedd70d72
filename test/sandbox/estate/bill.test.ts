import { describe, expect, it } from 'vitest';
import { addDays, type Day } from '../../../src/kernel/calendar.ts';
import { decimal, ONE, units } from '../../../src/sandbox/estate/amounts.ts';
import { supportFee } from '../../../src/sandbox/estate/bill/month.ts';
import { createEstate } from '../../../src/sandbox/estate/index.ts';
import type { EstateCharge } from '../../../src/sandbox/estate/types.ts';

const AS_OF = '2026-11-24';
const EVER = { start: '2025-01-01', end: '2028-01-01' };
const estate = createEstate({ seed: 7, asOf: AS_OF, resources: 200 });
const lines = [...estate.charges(EVER)];

const asText = (line: EstateCharge): string => Object.values(line).join('|');
const sum = (list: Iterable<EstateCharge>, amountOf: (line: EstateCharge) => bigint): bigint => {
  let total = 0n;
  for (const line of list) total += amountOf(line);
  return total;
};
const byType = (recordType: string): EstateCharge[] => lines.filter((line) => line.recordType === recordType);
/** AWS restates these on the 1st while the month is open. */
const isRestated = ({ recordType, day }: EstateCharge): boolean => /^(Tax|Support)$/.test(recordType) && day >= '2026-11-01';

describe('the bill of the fictional company', () => {
  it('is the same for the same seed, day and size', () => {
    const again = createEstate({ seed: 7, asOf: AS_OF, resources: 200 });
    const period = { start: '2026-10-01', end: '2026-11-05' };
    expect([...again.charges(period)].map(asText)).toEqual([...estate.charges(period)].map(asText));
    expect(again.resources()).toEqual(estate.resources());
    expect(again.wastes()).toEqual(estate.wastes());
    expect(again.plan()).toEqual(estate.plan());
  });

  it('is another company for another seed', () => {
    const other = createEstate({ seed: 8, asOf: AS_OF, resources: 200 });
    expect(other.wastes()).not.toEqual(estate.wastes());
  });

  it('keeps its history when the day of looking moves on', () => {
    const later = createEstate({ seed: 7, asOf: addDays(AS_OF, 9), resources: 200 });
    const period = { start: '2026-09-01', end: AS_OF };
    const before = lines.filter((line) => line.day >= period.start && !isRestated(line)).map(asText);
    const after = [...later.charges(period)].filter((line) => !isRestated(line)).map(asText);
    expect(after).toEqual(before);
  });

  it('keeps its history across a quarter when the anchor is kept', () => {
    const later = createEstate({ seed: 7, asOf: '2027-01-20', resources: 200, anchor: '2026-10-01' });
    const period = { start: '2026-10-01', end: '2026-11-01' };
    expect([...later.charges(period)].map(asText)).toEqual([...estate.charges(period)].map(asText));
  });

  it('gives the same lines for a day alone and for the day within a longer period', () => {
    const day = '2026-07-15';
    const alone = [...estate.charges({ start: day, end: addDays(day, 1) })].map(asText);
    expect(alone).toEqual(lines.filter((line) => line.day === day).map(asText));
    expect(alone.length).toBeGreaterThan(100);
  });

  it('comes in day order, begins over 13 months ago and ends the day before the day of looking', () => {
    const days = lines.map(({ day }) => day);
    expect(days).toEqual(days.toSorted());
    expect(days[0]).toBe('2025-08-01');
    expect(days.at(-1)).toBe(addDays(AS_OF, -1));
  });

  it('adds up to the last digit whichever way it is grouped', () => {
    const total = sum(lines, ({ netUnblendedCost }) => netUnblendedCost);
    const keys: ((line: EstateCharge) => string)[] = [
      ({ accountId }) => accountId,
      ({ serviceName, usageType }) => `${serviceName} ${usageType}`,
      ({ day, regionId }) => `${day} ${regionId}`,
      ({ resourceId, recordType }) => `${resourceId} ${recordType}`,
    ];
    for (const keyOf of keys) {
      const groups = [...Map.groupBy(lines, keyOf).values()].map((group) => sum(group, (line) => line.netUnblendedCost));
      expect(groups.reduce((a, b) => a + b, 0n)).toBe(total);
    }
  });

  it('has the charge types of a real one, and no line without usage or money', () => {
    expect(new Set(lines.map(({ recordType }) => recordType))).toEqual(
      new Set([
        'Usage',
        'DiscountedUsage',
        'RIFee',
        'SavingsPlanCoveredUsage',
        'SavingsPlanNegation',
        'SavingsPlanRecurringFee',
        'Support',
        'Tax',
        'Credit',
      ]),
    );
    expect(lines.filter((line) => line.usageQuantity === 0n && line.unblendedCost === 0n)).toEqual([]);
  });

  it('takes back exactly what covered usage shows, by account and usage type', () => {
    const key = ({ day, accountId, usageType, operation }: EstateCharge): string =>
      [day, accountId, usageType, operation].join('|');
    const covered = Map.groupBy(byType('SavingsPlanCoveredUsage'), key);
    const negated = Map.groupBy(byType('SavingsPlanNegation'), key);
    expect([...negated.keys()].sort()).toEqual([...covered.keys()].sort());
    for (const [where, group] of covered) {
      expect(sum(negated.get(where) ?? [], (line) => line.unblendedCost)).toBe(-sum(group, (line) => line.unblendedCost));
    }
    expect(
      byType('SavingsPlanNegation').every(({ resourceId, amortizedCost }) => resourceId === null && amortizedCost === 0n),
    ).toBe(true);
  });

  it('amortises Savings Plans to their fee: what covered usage carries and what was not used', () => {
    const plans = [...byType('SavingsPlanCoveredUsage'), ...byType('SavingsPlanRecurringFee')];
    const fee = sum(byType('SavingsPlanRecurringFee'), (line) => line.unblendedCost);
    expect(sum(plans, (line) => line.amortizedCost)).toBe(fee);
    expect(new Set(byType('SavingsPlanRecurringFee').map(({ resourceId }) => resourceId)).size).toBe(2);
  });

  it('uses its Savings Plans almost whole and still leaves steady usage on demand', () => {
    const fees = byType('SavingsPlanRecurringFee');
    const unused = sum(fees, (line) => line.amortizedCost);
    expect(unused * 100n).toBeLessThan(sum(fees, (line) => line.unblendedCost));
    const onDemand = byType('Usage').filter((line) => line.day >= '2026-11-01' && /BoxUsage/.test(line.usageType));
    const covered = byType('SavingsPlanCoveredUsage').filter((line) => line.day >= '2026-11-01');
    expect(sum(onDemand, (line) => line.unblendedCost)).toBeGreaterThan(sum(covered, (line) => line.amortizedCost));
  });

  it('amortises Reserved Instances to their fee in every closed month', () => {
    const closed = (line: EstateCharge): boolean => line.day < '2026-11-01';
    const used = sum(byType('DiscountedUsage').filter(closed), (line) => line.amortizedCost);
    expect(used).toBeGreaterThan(0n);
    expect(used).toBe(sum(byType('RIFee').filter(closed), (line) => line.unblendedCost));
    expect(sum(byType('DiscountedUsage'), (line) => line.unblendedCost)).toBe(0n);
    expect(sum(byType('RIFee'), (line) => line.amortizedCost)).toBe(0n);
  });

  it('dates tax, support and credits on the 1st; the tax is a tenth of what the account paid in the month', () => {
    const monthly = [...byType('Tax'), ...byType('Support'), ...byType('Credit')];
    expect(monthly.every(({ day }) => day.endsWith('-01'))).toBe(true);
    const accountId = '444444444444';
    const month = lines.filter((line) => line.day.startsWith('2026-09') && line.accountId === accountId);
    const taxed = sum(
      month.filter(({ recordType }) => recordType !== 'Tax'),
      (line) => line.netUnblendedCost,
    );
    expect(
      sum(
        month.filter(({ recordType }) => recordType === 'Tax'),
        (line) => line.unblendedCost,
      ),
    ).toBe(taxed / 10n);
  });

  it('lets its credits run off before the last quarter', () => {
    const days = byType('Credit').map(({ day }) => day);
    expect(days.length).toBeGreaterThan(6);
    expect((days.at(-1) as Day) < '2026-10-01').toBe(true);
    expect(byType('Credit').every(({ unblendedCost }) => unblendedCost < 0n)).toBe(true);
  });

  it('charges support by tier', () => {
    expect(decimal(supportFee(units('500')))).toBe('100');
    expect(decimal(supportFee(units('10000')))).toBe('1000');
    expect(decimal(supportFee(units('100000')))).toBe('6900');
  });

  it('writes usage types with the region they are in', () => {
    const placed = lines.filter(({ recordType }) => !/^(Tax|Support|Credit|SavingsPlanRecurringFee)$/.test(recordType));
    const wrong = placed.filter(({ usageType, regionId }) => usageType.startsWith('APN1-') !== (regionId === 'ap-northeast-1'));
    expect(wrong).toEqual([]);
  });

  it('charges every hour at its list price', () => {
    const published = new Set(
      estate.prices().map(({ attributes, onDemand }) => `${attributes.usagetype} ${attributes.operation} ${units(onDemand)}`),
    );
    const hours = byType('Usage').filter(({ usageUnit, usageQuantity }) => usageUnit === 'Hrs' && usageQuantity % ONE === 0n);
    const seen = hours.map((line) => `${line.usageType} ${line.operation} ${(line.unblendedCost * ONE) / line.usageQuantity}`);
    expect([...new Set(seen)].filter((rate) => !published.has(rate))).toEqual([]);
    expect(seen.length).toBeGreaterThan(10_000);
  });
});
