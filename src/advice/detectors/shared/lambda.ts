import { usageTypeOf } from '../../../ledger/meter.ts';
import type { PriceQuestion } from '../../../ledger/price.ts';

/** Usage types of a function's own work; "-ARM" is Graviton (Lambda price list and bills in public repositories, read 2026-11). */
export const LAMBDA = {
  duration: 'Lambda-GB-Second',
  durationArm: 'Lambda-GB-Second-ARM',
  provisioned: 'Lambda-Provisioned-Concurrency',
  provisionedArm: 'Lambda-Provisioned-Concurrency-ARM',
  provisionedDuration: 'Lambda-Provisioned-GB-Second',
  provisionedDurationArm: 'Lambda-Provisioned-GB-Second-ARM',
} as const;

/** A list price by its usage type alone; null where the region's prefix is not known. Where AWS grants volume tiers it is the first one. */
export function lambdaPrice(kind: string, regionId: string): PriceQuestion | null {
  const usagetype = usageTypeOf({ kind, regionId });
  return usagetype === undefined ? null : { serviceCode: 'AWSLambda', regionId, attributes: { usagetype }, term: 'onDemand' };
}
