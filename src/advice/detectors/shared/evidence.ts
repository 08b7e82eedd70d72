import { z } from 'zod';

/** An amount of a month of 730 h in the snapshot's currency. */
export const monthlyCost = z.string().describe('What the part in question costs in a month of 730 hours today.');
export const monthlySavings = z.string().describe('What the bill is expected to lose in a month of 730 hours.');
export const settledDays = z.int().describe('Settled days that were judged.');
export const instanceType = z.string().describe('The present instance type.');
