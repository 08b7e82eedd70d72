import { z } from 'zod';
import type { Exact } from '../../../kernel/money.ts';
import { type MeterCost, unitsMonthly } from '../../costing.ts';

/** S3 buckets and vaults are billed by the class in which the bytes lie (S3 user guide, "Understanding your AWS billing and usage reports", read 2026-11). */
export const S3_STANDARD = 'TimedStorage-ByteHrs';
export const s3Price = (kind: string) => ({ serviceCode: 'AmazonS3', kind });

export const storedGigabytes = z.string().describe('GB stored, on average over the recent week.');
export const savingsPercent = z.string().describe('How much less the other class costs, by list price.');

export function gigabytesOf(costs: readonly MeterCost[]): string {
  return unitsMonthly(costs).toDecimalPlaces(1).toFixed();
}

/** What the same bytes cost in another class, with the discount that is seen on the present one. */
export function movedCost(
  bytes: Exact,
  target: Exact,
  seen: { readonly cost: Exact; readonly bytes: Exact; readonly list: Exact },
): Exact {
  if (seen.bytes.lte(0)) return bytes.mul(target);
  return bytes.mul(target).mul(seen.cost).div(seen.bytes.mul(seen.list));
}
