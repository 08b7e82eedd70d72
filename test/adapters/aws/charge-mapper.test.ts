import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChargeCollector, ControlCollector } from '../../../src/adapters/aws/cost-explorer/collector.ts';
import { costsOf, decimalOf, UnreadableRow } from '../../../src/adapters/aws/cost-explorer/costs.ts';
import { Answer } from '../../../src/adapters/aws/cost-explorer/schema.ts';
import { exact } from '../../../src/kernel/money.ts';
import { COST_SLICES, type Slice } from '../../../src/ledger/slice.ts';
import { fixture } from './fixture.ts';

const NOVEMBER = { start: '2026-11-01', end: '2026-12-01' };
const slice = (id: string): Slice => COST_SLICES.find((item) => item.id === id) ?? failed(id);
const failed = (id: string): never => {
  throw new Error(`no slice ${id}`);
};

function collected(name: string, of: Slice): ChargeCollector {
  const collector = new ChargeCollector(of, NOVEMBER);
  collector.add(Answer.parse(fixture(name)));
  return collector;
}

describe('a cost answer by usage type', () => {
  const { charges, accountNames, quarantined } = collected('cost-by-usage-type.json', slice('account-usage-type'));

  it('becomes charges with net figures, exact to the last digit', () => {
    expect(quarantined).toEqual([]);
    expect(charges[0]).toEqual({
      day: '2026-11-01',
      subAccountId: '111122223333',
      serviceName: null,
      usageType: 'APN1-BoxUsage:m5.large',
      operation: null,
      regionId: 'ap-northeast-1',
      resourceId: null,
      chargeCategory: null,
      chargeType: null,
      billedCost: '2.7456000001',
      effectiveCost: '1.9',
      listCost: null,
      contractedCost: null,
      usageQuantity: '24',
      usageUnit: 'Hrs',
      currency: 'USD',
    });
  });

  it('falls back to the plain figures where AWS sends no net ones', () => {
    expect(charges[3]).toMatchObject({ day: '2026-11-02', billedCost: '2.976', effectiveCost: '2.976' });
  });

  it('keeps credits negative, and "no usage type" empty rather than unknown', () => {
    expect(charges[2]).toMatchObject({ usageType: '', regionId: null, billedCost: '-12.5', usageUnit: null });
  });

  it('strips no region from a usage type that only looks prefixed', () => {
    expect(charges[4]).toMatchObject({ usageType: 'DataTransfer-Regional-Bytes', regionId: 'us-east-1', billedCost: '0' });
  });

  it('brings the names of the accounts', () => {
    expect([...accountNames]).toEqual([
      ['111122223333', 'payer'],
      ['444455556666', 'shop-production'],
    ]);
  });

  it('knows service and charge type from the filter of its slice', () => {
    const [first] = collected('cost-by-usage-type.json', slice('account-usage-type-on-demand')).charges;
    expect(first).toMatchObject({
      serviceName: 'Amazon Elastic Compute Cloud - Compute',
      chargeType: 'Usage',
      chargeCategory: 'Usage',
    });
  });
});

describe('rows that cannot be read', () => {
  const { charges, quarantined } = collected('cost-with-bad-rows.json', slice('account-service'));

  it('go to quarantine one by one, and the rest lands', () => {
    expect(charges.map((charge) => charge.serviceName)).toEqual(['AWS Lambda']);
    expect(quarantined.map((row) => row.reason)).toEqual([
      'an amount is not a decimal number',
      'an amount is not a decimal number',
      'an amount is not a decimal number',
      'the account id does not have 12 digits',
      'a name has control characters or is too long',
      'the row has 1 keys, not 2',
      'two currencies in one row',
      'the unit of the cost is not a currency',
      'a cost metric is missing',
      'the row lacks Keys',
      'the row lacks its parts',
      'the day lies outside the window that was asked for',
      'the period is not one day',
      'the period does not start on a day',
    ]);
  });

  it('are shown on one short line without control characters', () => {
    for (const { row } of quarantined) {
      expect(row.length).toBeLessThanOrEqual(2000);
      expect(row).not.toMatch(/[\u0000-\u001f]/);
    }
  });
});

describe('pages of one window', () => {
  const of = slice('account-service');
  const group = { Keys: ['111122223333', 'AWS Lambda'], Metrics: costs('1') };
  const page = (day: string, next: string, groups: unknown[]) =>
    Answer.parse({ ResultsByTime: [{ TimePeriod: { Start: day, End: next }, Total: {}, Groups: groups, Estimated: true }] });

  it('may go on with the same day on the next page', () => {
    const collector = new ChargeCollector(of, NOVEMBER);
    collector.add(page('2026-11-01', '2026-11-02', [group]));
    collector.add(page('2026-11-01', '2026-11-02', [{ ...group, Keys: ['111122223333', 'AmazonCloudWatch'] }]));
    expect(collector.charges).toHaveLength(2);
  });

  it('are refused when they hold the same line twice', () => {
    const collector = new ChargeCollector(of, NOVEMBER);
    collector.add(page('2026-11-01', '2026-11-02', [group]));
    expect(() => collector.add(page('2026-11-01', '2026-11-02', [group]))).toThrow(/same line of 2026-11-01/);
  });
});

describe('the ungrouped totals', () => {
  const day = (Start: string, End: string, Total: unknown, Estimated = false) => ({
    TimePeriod: { Start, End },
    Total,
    Groups: [],
    Estimated,
  });
  const totalsOf = (...days: unknown[]) => {
    const collector = new ControlCollector(NOVEMBER);
    collector.add(Answer.parse({ ResultsByTime: days }));
    return collector.totals;
  };

  it('are one a day, with the word of the source on whether it is an estimate', () => {
    expect(totalsOf(day('2026-11-02', '2026-11-03', costs('2'), true), day('2026-11-01', '2026-11-02', costs('1')))).toEqual([
      { day: '2026-11-01', billedCost: '1', effectiveCost: '1', currency: 'USD', estimated: false },
      { day: '2026-11-02', billedCost: '2', effectiveCost: '2', currency: 'USD', estimated: true },
    ]);
  });

  it('are absent, not zero, for a day with an empty total', () => {
    expect(totalsOf(day('2026-11-01', '2026-11-02', {}))).toEqual([]);
  });

  it('end the pull when one cannot be read', () => {
    expect(() => totalsOf(day('2026-11-01', '2026-11-02', costs('a lot')))).toThrow(/daily total .* could not be read/);
    expect(() => totalsOf(day('2026-11-01', '2026-11-02', 'nothing'))).toThrow(/not in the form/);
    expect(() => totalsOf(day('2026-11-01', '2026-11-02', costs('1')), day('2026-11-01', '2026-11-02', costs('1')))).toThrow(
      /twice/,
    );
  });
});

describe('an amount', () => {
  it('passes digit by digit, whatever its size', () => {
    const decimal = fc
      .tuple(fc.boolean(), fc.bigInt(0n, 10n ** 20n - 1n), fc.stringMatching(/^\d{1,18}$/))
      .map(([negative, whole, fraction]) => `${negative ? '-' : ''}${whole}.${fraction}`);
    fc.assert(fc.property(decimal, (text) => exact(decimalOf(text)).eq(text)));
  });

  it('is written out when AWS uses a small exponent', () => {
    expect(decimalOf('1.5E-7')).toBe('0.00000015');
    expect(decimalOf('0E-10')).toBe('0');
    expect(decimalOf('-0.00')).toBe('0');
  });

  it.each(['', ' 1', '1e400', '1E+2', '0x10', 'Infinity', '--1', '1.', '.5', '١٢'])('is unreadable as %j', (text) => {
    expect(() => decimalOf(text)).toThrow(UnreadableRow);
  });

  it('needs both a billed and an effective figure', () => {
    expect(() => costsOf({ UnblendedCost: { Amount: '1', Unit: 'USD' } })).toThrow(/missing/);
  });
});

function costs(amount: string) {
  return Object.fromEntries(
    ['NetUnblendedCost', 'UnblendedCost', 'NetAmortizedCost', 'AmortizedCost'].map((name) => [
      name,
      { Amount: amount, Unit: 'USD' },
    ]),
  );
}
