import { NOT_RUNNING_CHARGE_TYPES } from './charge.ts';
import { SERVICE } from './service.ts';

/** Dimensions of Cost Explorer that a slice may group by. Two at most: the API allows no more. */
export type SliceDimension = 'LINKED_ACCOUNT' | 'SERVICE' | 'USAGE_TYPE' | 'OPERATION' | 'RECORD_TYPE' | 'RESOURCE_ID';

/**
 * A grouping set and its filter, as data. Every charge carries its slice; charges of different slices say the same money again and are
 * never added. Every slice groups by account, so that a shared payer can be split by tenant.
 */
export interface Slice {
  readonly id: string;
  readonly groupBy: readonly SliceDimension[];
  readonly onlyServices?: readonly string[];
  readonly exceptChargeTypes?: readonly string[];
  readonly onlyChargeTypes?: readonly string[];
  /** Only these accounts: what a budget leaves of a slice. Left out: all. */
  readonly onlyAccounts?: readonly string[];
  /** `history`: 13 months and the current one, then from the first of last month. `resourceLevel`: the last 14 days. */
  readonly window: 'history' | 'resourceLevel';
}

/** What of the bill a slice is about. Slices of one filter share their control. */
export type SliceFilter = Pick<Slice, 'onlyServices' | 'exceptChargeTypes' | 'onlyChargeTypes' | 'onlyAccounts'>;

/** Everything: no filter at all. */
export function isUnfiltered(slice: SliceFilter): boolean {
  return !slice.onlyServices && !slice.onlyChargeTypes && !slice.exceptChargeTypes && !slice.onlyAccounts;
}

/** The services whose lines the detectors read by resource, each a question of its own: their ids do not name the service. */
const ASKED_ALONE = [SERVICE.ec2Compute, SERVICE.ec2Other, SERVICE.rds, SERVICE.elb, SERVICE.vpc, SERVICE.s3] as const;
/** Likewise, in one question together, since it costs by the page: their resources have ARNs that name the service (`serviceOfArn`). */
const ASKED_TOGETHER = [
  SERVICE.lambda,
  SERVICE.ecs,
  SERVICE.eks,
  SERVICE.ecr,
  SERVICE.glacier,
  SERVICE.efs,
  SERVICE.fsx,
  SERVICE.cloudWatch,
  SERVICE.dms,
  SERVICE.elastiCache,
  SERVICE.memoryDb,
  SERVICE.redshift,
  SERVICE.openSearch,
  SERVICE.dynamoDb,
  SERVICE.documentDb,
  SERVICE.kinesis,
  SERVICE.msk,
  SERVICE.sageMaker,
  SERVICE.workSpaces,
  SERVICE.directConnect,
  SERVICE.networkFirewall,
] as const;
export const JUDGED_SERVICES: readonly string[] = [...ASKED_ALONE, ...ASKED_TOGETHER];

const history = (id: string, second: SliceDimension, rest: Partial<Slice> = {}): Slice => ({
  id,
  groupBy: ['LINKED_ACCOUNT', second],
  window: 'history',
  ...rest,
});

/** The one slice that is read every day: what was spent, by account and service, on the basis that trends and advice use. */
export const DAILY_SLICE_ID = 'account-service-running';
/** The invoice's own figures. */
export const INVOICE_SLICE_ID = 'account-service';
/** The invoice by usage type. */
export const METER_SLICE_ID = 'account-usage-type';
/** The invoice by charge type: what of it are credits, refunds and taxes. */
export const CHARGE_TYPE_SLICE_ID = 'account-charge-type';
/** What commitments could cover. */
export const ON_DEMAND_SLICE_ID = 'account-usage-type-on-demand';
/** Lines of an imported file (CUR, FOCUS): full detail, one slice of its own. */
export const FILE_SLICE_ID = 'file';

/** Every question about the whole history. The planner chooses what is asked and when; the ungrouped total of each is its control. */
export const COST_SLICES: readonly Slice[] = [
  history(INVOICE_SLICE_ID, 'SERVICE'),
  history(DAILY_SLICE_ID, 'SERVICE', { exceptChargeTypes: NOT_RUNNING_CHARGE_TYPES }),
  history(CHARGE_TYPE_SLICE_ID, 'RECORD_TYPE'),
  history(METER_SLICE_ID, 'USAGE_TYPE'),
  history(ON_DEMAND_SLICE_ID, 'USAGE_TYPE', {
    onlyServices: [SERVICE.ec2Compute],
    onlyChargeTypes: ['Usage'],
  }),
];

const byResource = (name: string, onlyServices: readonly string[]): Slice => ({
  id: `resource:${name}`,
  groupBy: ['RESOURCE_ID', 'USAGE_TYPE'],
  onlyServices,
  exceptChargeTypes: NOT_RUNNING_CHARGE_TYPES,
  window: 'resourceLevel',
});

/**
 * Resource-level days: the mapper joins account and operation by resource id. Without credits and the like, which would hide what a
 * resource costs.
 */
export const RESOURCE_SLICES: readonly Slice[] = [
  ...ASKED_ALONE.map((service) => byResource(service, [service])),
  byResource('others', ASKED_TOGETHER),
];
