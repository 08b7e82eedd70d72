import type { Day } from '../kernel/calendar.ts';
import { type DecimalString, Exact, HALF_A_CENT, plain, sumExact } from '../kernel/money.ts';
import { SERVICE } from './service.ts';

/**
 * Services with usage that Savings Plans or reservations cover, as Cost Explorer names them (Savings Plans and reservation guides, read
 * 2026-11). Those that a bill does not show are not asked.
 */
export const COMMITTABLE_SERVICES: readonly string[] = [
  SERVICE.ec2Compute,
  SERVICE.lambda,
  SERVICE.ecs,
  'Amazon Elastic Container Service for Kubernetes',
  'Amazon SageMaker',
  SERVICE.rds,
  SERVICE.elastiCache,
  SERVICE.memoryDb,
  SERVICE.redshift,
  SERVICE.openSearch,
  'Amazon DynamoDB',
];

/**
 * Usage of instances, nodes, containers and functions, which a commitment can cover; storage, traffic and Spot beside it are none. Usage type
 * without its region (`meterOf`), as on bills and in the price list, read 2026-11.
 */
const COMMITTABLE =
  /^(BoxUsage|DedicatedUsage|HostUsage|InstanceUsage|Multi-AZUsage|Mirror-?Usage|NodeUsage|Node|ESInstance|[\w.-]*-?Hosting|[\w.-]*-?Train|Notebk)(IOOptimized)?:|^(Fargate-\w|Lambda-(GB-Second|Provisioned)|(Aurora:)?ServerlessV?2?(IOOptimized)?Usage|(Read|Write)CapacityUnit-Hrs|(Read|Write)RequestUnits)/;

export function isCommittable(meterKind: string): boolean {
  return COMMITTABLE.test(meterKind);
}

/** On-demand usage of one usage type in one account on one day, hour by hour (UTC): 24 figures, midnight first, '0' where nothing ran. */
export interface HourlyUsageDay {
  readonly day: Day;
  readonly accountId: string;
  readonly serviceName: string;
  /** As on the bill, with its region prefix; `meterOf` takes it apart. */
  readonly usageType: string;
  readonly usageUnit: string | null;
  readonly currency: string;
  readonly billedCost: readonly DecimalString[];
  readonly usageQuantity: readonly DecimalString[];
}

/** What is known by the hour. A day that `knownDays` does not name for a service is unknown; a meter without a row on a known day did not run. */
export interface HourlyUsage {
  readonly usage: readonly HourlyUsageDay[];
  readonly knownDays: readonly { readonly serviceName: string; readonly days: readonly Day[] }[];
}

/** One day of an answer: all lines that could be read, and the source's own total of the same hours. */
export interface HourlyControl {
  readonly day: Day;
  readonly currency: string;
  readonly lines: DecimalString;
  readonly total: DecimalString;
}

/** The part of a day's total that its lines may lack: rows in quarantine. */
const TOLERATED_SHARE = new Exact('0.01');

/** What the totals have and the lines lack, over all days; and the first day that lacks too much to be believed, if there is one. */
export function reconcileHours(controls: readonly HourlyControl[]): {
  readonly residual: DecimalString;
  readonly broken: Day | null;
} {
  const differences = controls.map(({ total, lines }) => new Exact(total).minus(lines));
  const broken = controls.find(({ total }, index) => {
    const difference = differences[index]?.abs() ?? new Exact(0);
    return difference.gte(HALF_A_CENT) && difference.gt(new Exact(total).abs().mul(TOLERATED_SHARE));
  });
  return { residual: plain(sumExact(differences)), broken: broken?.day ?? null };
}
