import type { Day } from '../../../kernel/calendar.ts';
import { oneLine } from '../../../kernel/text.ts';
import { type Charge, chargeCategoryOf } from '../../../ledger/charge.ts';
import { meterOf } from '../../../ledger/meter.ts';
import { serviceOfArn } from '../../../ledger/service.ts';
import type { Slice, SliceDimension } from '../../../ledger/slice.ts';
import { costsOf, UnreadableRow, usageOf } from './costs.ts';
import { Group } from './schema.ts';

/** Cost Explorer writes these where the bill has nothing (guide and answers, read 2026-11). "None" is '' with us, except a resource: null. */
const NOTHING = new Set(['NoService', 'NoUsageType', 'NoOperation', 'NoResourceId', 'NoRegion', 'NoRecordType']);
const MAX_KEY_LENGTH = 2048;

type Dimensions = Pick<Charge, 'subAccountId' | 'serviceName' | 'usageType' | 'operation' | 'chargeType' | 'resourceId'>;

/** One group of an answer as a charge of its slice. Throws UnreadableRow with the reason. */
export function chargeOf(row: unknown, day: Day, slice: Slice): Charge {
  const group = readGroup(row, slice.groupBy.length);
  const dimensions = dimensionsOf(group.Keys, slice);
  return {
    day,
    ...dimensions,
    regionId: dimensions.usageType ? meterOf(dimensions.usageType).regionId : null,
    chargeCategory: dimensions.chargeType === null ? null : chargeCategoryOf(dimensions.chargeType),
    ...costsOf(group.Metrics),
    listCost: null,
    contractedCost: null,
    ...usageOf(group.Metrics),
  };
}

export function readGroup(row: unknown, keys: number): Group {
  const parsed = Group.safeParse(row);
  if (!parsed.success)
    throw new UnreadableRow(`the row lacks ${oneLine(parsed.error.issues[0]?.path.join('.') || 'its parts', 80)}`);
  if (parsed.data.Keys.length !== keys) throw new UnreadableRow(`the row has ${parsed.data.Keys.length} keys, not ${keys}`);
  for (const key of parsed.data.Keys) {
    if (key !== oneLine(key, MAX_KEY_LENGTH)) throw new UnreadableRow('a name has control characters or is too long');
  }
  return parsed.data;
}

/** What the keys say, and what the filter says: a slice of one service is of that service. In one of several the ARN of the resource tells. */
function dimensionsOf(keys: readonly string[], slice: Slice): Dimensions {
  const keyOf = (dimension: SliceDimension): string | null => {
    const key = keys[slice.groupBy.indexOf(dimension)];
    return key === undefined ? null : nothingAsEmpty(key);
  };
  const onlyOne = (values: readonly string[] | undefined): string | null => (values?.length === 1 ? (values[0] ?? null) : null);
  const resourceId = keyOf('RESOURCE_ID') || null;
  return {
    subAccountId: accountOf(keyOf('LINKED_ACCOUNT')),
    serviceName: keyOf('SERVICE') ?? onlyOne(slice.onlyServices) ?? serviceOfResource(resourceId, slice),
    usageType: keyOf('USAGE_TYPE'),
    operation: keyOf('OPERATION'),
    chargeType: keyOf('RECORD_TYPE') ?? onlyOne(slice.onlyChargeTypes),
    resourceId,
  };
}

function serviceOfResource(resourceId: string | null, { onlyServices }: Slice): string | null {
  return resourceId === null || onlyServices === undefined ? null : serviceOfArn(resourceId, onlyServices);
}

export function nothingAsEmpty(key: string): string {
  return NOTHING.has(key) ? '' : key;
}

export function accountOf(key: string | null): string | null {
  if (key !== null && !/^\d{12}$/.test(key)) throw new UnreadableRow('the account id does not have 12 digits');
  return key;
}
