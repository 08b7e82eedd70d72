import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printedSteps } from '../../src/kernel/locale.ts';
import { exact, plain, sumExact } from '../../src/kernel/money.ts';

describe('amounts that lead from a start', () => {
  const anAmount = fc.integer({ min: -99_999_999, max: 99_999_999 }).map((units) => plain(exact(units).div(10_000)));

  it('add up as they are printed, each within a cent of the truth, and end where the truth does', () => {
    fc.assert(
      fc.property(anAmount, fc.array(anAmount, { maxLength: 20 }), (start, amounts) => {
        const printed = printedSteps(start, amounts, 'USD');
        const end = exact(start).plus(sumExact(amounts)).toDecimalPlaces(2);
        expect(plain(exact(printed.start).plus(sumExact(printed.amounts)))).toBe(plain(end));
        for (const [index, amount] of printed.amounts.entries()) {
          expect(
            exact(amount)
              .minus(amounts[index] ?? '0')
              .abs()
              .toNumber(),
          ).toBeLessThanOrEqual(0.01);
        }
      }),
    );
  });

  it('are whole in a currency without decimals', () => {
    expect(printedSteps('1000.4', ['-0.4', '-0.4'], 'JPY')).toEqual({ start: '1000', amounts: ['0', '0'] });
    expect(printedSteps('10.004', ['-0.004', '-0.004'], 'USD')).toEqual({ start: '10', amounts: ['0', '0'] });
  });
});
