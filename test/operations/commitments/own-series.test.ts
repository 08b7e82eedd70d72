import { describe, expect, it } from 'vitest';
import { commitmentsOf } from '../../../src/operations/commitments/own-series.ts';

const hours = (count: number, costOf: (hour: number) => number, family = 'm5') =>
  Array.from({ length: count }, (_, hour) => ({ hour: String(hour).padStart(5, '0'), family, onDemandCost: costOf(hour) }));
const compute = { planType: 'Compute', family: '', termYears: 1, paymentOption: 'NoUpfront', rate: 0.75 };

describe('commitments for a series', () => {
  it('cover what is there in more than a share `rate` of the hours, and say what they save a year', () => {
    // Ten dollars always, twenty in half of the hours: the second ten is not worth a quarter off.
    const report = commitmentsOf(
      hours(100, (hour) => (hour % 2 ? 20 : 10)),
      [compute],
    );
    expect(report.advice).toEqual([
      {
        planType: 'Compute',
        family: '',
        termYears: 1,
        paymentOption: 'NoUpfront',
        optimalHourlyCommitment: '7.5',
        proposedHourlyCommitment: '7.5',
        yearlySavings: '21900',
        utilizationPercent: '100',
        breakEvenMonth: 9,
      },
    ]);
    expect(report.series).toEqual({ from: '00000', to: '00099', hours: 100, families: 1, onDemandCost: '15', cost: '12.5' });
    expect(report).toMatchObject({ coveragePercent: '66.67', utilizationPercent: '100', effectiveSavingsRatePercent: '16.67' });
    expect(report.certifiedGap).toBeLessThan(1e-6);
  });

  it('say what is left of the saving when usage falls, and when it turns into a loss', () => {
    const { risk } = commitmentsOf(
      hours(100, () => 10),
      [compute],
    );
    expect(risk).toEqual([
      { usageChangePercent: -10, yearlySavings: '13140', utilizationPercent: '90' },
      { usageChangePercent: -20, yearlySavings: '4380', utilizationPercent: '80' },
      { usageChangePercent: -30, yearlySavings: '-4380', utilizationPercent: '70' },
    ]);
  });

  it('propose no more than the optimum, in the steps in which AWS sells', () => {
    const [advice] = commitmentsOf(
      hours(10, () => 1.2345678),
      [compute],
    ).advice;
    expect(advice).toMatchObject({ optimalHourlyCommitment: '0.92592585', proposedHourlyCommitment: '0.925' });
  });

  it('refuse a series without hours', () => {
    expect(() => commitmentsOf([], [compute])).toThrow(/holds no hours/);
  });
});
