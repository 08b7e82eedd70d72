import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plain, sumExact } from '../../src/kernel/money.ts';
import { withRemainder } from '../../src/ledger/month-comparison.ts';

it('drivers and their remainder add up to the difference of the months, whatever AWS leaves out', () => {
  const amount = fc.integer({ min: -1e6, max: 1e6 }).map(String);
  const driver = fc.tuple(amount, amount).map(([baseline, comparison]) => ({
    serviceName: 'x',
    usageType: null,
    type: 'USAGE_CHANGE',
    name: 'Usage',
    baseline,
    comparison,
    difference: String(Number(comparison) - Number(baseline)),
    currency: 'USD',
  }));
  fc.assert(
    fc.property(fc.array(driver), amount, amount, (drivers, baseline, comparison) => {
      const all = withRemainder({ total: { baseline, comparison, currency: 'USD' }, drivers });
      expect(plain(sumExact(all.map((item) => item.difference)))).toBe(plain(sumExact([comparison]).minus(baseline)));
      expect(plain(sumExact(all.map((item) => item.comparison)))).toBe(plain(sumExact([comparison])));
      expect(all.length - drivers.length).toBeLessThanOrEqual(1);
    }),
  );
  expect(withRemainder({ total: { baseline: '1', comparison: '1', currency: 'USD' }, drivers: [] })).toMatchObject([
    { type: 'remainder', difference: '0' },
  ]);
});
