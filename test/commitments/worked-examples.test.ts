import { expect, it } from 'vitest';
import { applyCommitments } from '../../src/commitments/apply.ts';
import { aUsage } from './support.ts';

/**
 * AWS's own examples of one hour: Savings Plans user guide, "Understanding how Savings Plans apply to your usage", read 2026-11. Prices and
 * rates are AWS's hypothetical ones; totals as AWS prints them.
 */
const ITEMS = [
  { name: 'r5.4xlarge Linux', units: 4, onDemand: 1, compute: 0.7, instance: 0.6 },
  { name: 'Fargate vCPU', units: 400, onDemand: 0.04, compute: 0.03, instance: null },
  { name: 'Fargate GB', units: 1_600, onDemand: 0.004, compute: 0.003, instance: null },
  { name: 'm5.24xlarge Windows dedicated', units: 1, onDemand: 10, compute: 8.2, instance: 7.8 },
  { name: 'Lambda GB-second', units: 1_500_000, onDemand: 0.000015, compute: 0.00001275, instance: null },
  { name: 'Lambda million requests', units: 1, onDemand: 0.2, compute: 0.2, instance: null },
] as const;
const R5 = 0;

function hour(given: { compute?: number; r5Plan?: number; reservedR5?: number }) {
  const units = (item: number) => (ITEMS[item]?.units ?? 0) - (item === R5 ? (given.reservedR5 ?? 0) : 0);
  const usage = aUsage(ITEMS.length, 1, (item) => units(item) * (ITEMS[item]?.onDemand ?? 0));
  const familyRates = Float64Array.from(ITEMS, ({ instance, onDemand }) =>
    instance === null ? Number.NaN : instance / onDemand,
  );
  return applyCommitments(usage, {
    familyRates,
    poolRates: Float64Array.from(ITEMS, ({ compute, onDemand }) => compute / onDemand),
    familyLevels: Float64Array.from(ITEMS, (_, item) => (item === R5 ? (given.r5Plan ?? 0) / (familyRates[item] as number) : 0)),
    poolCommitment: given.compute ?? 0,
  });
}

it.each([
  ['no plan: all on demand', {}, { onDemand: 59.1, poolUsed: 0, r5Used: 0 }],
  ['1: $50.00 of Compute covers everything', { compute: 50 }, { onDemand: 0, poolUsed: 47.13, r5Used: 0 }],
  ['2: $2.00 of Compute goes to r5 first', { compute: 2 }, { onDemand: 56.24, poolUsed: 2, r5Used: 0 }],
  ['3: $19.60 of Compute covers r5 and Fargate', { compute: 19.6 }, { onDemand: 32.7, poolUsed: 19.6, r5Used: 0 }],
  ['4: two reserved r5, then $18.20 of Compute', { compute: 18.2, reservedR5: 2 }, { onDemand: 32.7, poolUsed: 18.2, r5Used: 0 }],
  [
    '5: $3.00 of EC2 Instance, of which 2.40 is used, and $16.80 of Compute',
    { compute: 16.8, r5Plan: 3 },
    { onDemand: 32.7, poolUsed: 16.8, r5Used: 2.4 },
  ],
])('applies plans as AWS does to the cent: %s', (_name, given, expected) => {
  const applied = hour(given);
  const cents = (amount: number) => Math.round(amount * 100) / 100;
  expect({
    onDemand: cents(applied.stillOnDemand),
    poolUsed: cents(applied.poolUsed),
    r5Used: cents(applied.familyUsed[R5] as number),
  }).toEqual(expected);
});
