import { addDays } from '../../../kernel/calendar.ts';
import type { EstateResource, EstateUtilization } from '../../estate/types.ts';
import type { World } from '../world.ts';
import type { Question } from './question.ts';

/** Compute Optimizer's default look-back. */
export const LOOKBACK_DAYS = 14;
/** "At least 30 hours of metrics in the past 14 days" (Compute Optimizer guide, requirements, read 2026-11). */
const MINIMUM_HOURS = 30;
export const LOOKBACK_HOURS = LOOKBACK_DAYS * 24;

export type Measured = EstateResource & { readonly utilization: EstateUtilization };

export interface ItemError {
  readonly identifier: string;
  readonly code: string;
  readonly message: string;
}

export function isMeasured(resource: EstateResource): resource is Measured {
  return resource.utilization !== null;
}

/** Existed through the whole look-back. */
export function isOlderThan(days: number, resource: EstateResource, { estate }: World): boolean {
  return resource.from <= addDays(estate.asOf, -days);
}

/** Those measured long enough, and an error for each that was measured too little. What is not measured at all is in neither. */
export function splitByHours(resources: readonly EstateResource[]): { enough: Measured[]; errors: ItemError[] } {
  const measured = resources.filter(isMeasured);
  const isEnough = ({ utilization }: Measured): boolean => utilization.hoursMeasured >= MINIMUM_HOURS;
  const errors = measured
    .filter((resource) => !isEnough(resource))
    .map(({ arn, utilization }) => ({
      identifier: arn,
      code: 'InsufficientData',
      message: `The resource has ${utilization.hoursMeasured} hours of metrics; at least ${MINIMUM_HOURS} hours in the past ${LOOKBACK_DAYS} days are required.`,
    }));
  return { enough: measured.filter(isEnough), errors };
}

/** Somebody asked for an ARN that is not there. */
export function notFound({ arns }: Question, resources: readonly EstateResource[]): ItemError[] {
  const found = new Set(resources.map(({ arn }) => arn));
  return arns
    .filter((arn) => !found.has(arn))
    .map((identifier) => ({ identifier, code: 'ResourceNotFoundException', message: 'The specified resource was not found.' }));
}
