import type { Day } from '../../../kernel/calendar.ts';
import type { World } from '../world.ts';
import type { ChargeTable } from './charge-table.ts';
import { slotOf } from './charge-table.ts';
import type { Earlier } from './cost-cells.ts';
import type { Reader } from './dimensions.ts';
import type { GroupDefinition } from './group-by.ts';

/** From this day on nobody carries it: a tag that was never switched on. */
const NEVER = '9999-12-31';

/** The first day whose cost carries a key; null: all of it. A backfill that is done writes an active tag into the past. */
export function carriedFrom(
  { Type: type, Key: key }: Pick<GroupDefinition, 'Type' | 'Key'>,
  { estate, faults }: World,
): Day | null {
  if (type === 'DIMENSION') return null;
  if (type === 'COST_CATEGORY') return estate.costCategories().find(({ name }) => name === key)?.effectiveFrom ?? null;
  const tag = estate.allocationTags().find((item) => item.key === key);
  if (!tag) return null;
  if (tag.activatedOn === null) return NEVER;
  const reached = faults
    .billFaults()
    .flatMap((fault) => (fault.kind === 'tagBackfill' && fault.completedOn <= estate.asOf ? [fault.from] : []));
  return [tag.activatedOn, ...reached].sort()[0] ?? null;
}

/** How earlier stretches of the bill are grouped, the earliest first: a key that was not carried yet has no value there. */
export function earlierGroups(
  definitions: readonly GroupDefinition[],
  groupBy: readonly Reader[],
  table: ChargeTable,
  world: World,
): readonly Earlier[] {
  const dates = definitions.map((definition) => carriedFrom(definition, world));
  const days = [...new Set(dates.filter((day) => day !== null))].sort();
  return days.map((day) => ({
    before: slotOf(table, day),
    groupBy: groupBy.map((read, index) => ((dates[index] ?? '') < day ? read : withoutValue(definitions[index]))),
  }));
}

function withoutValue(definition: GroupDefinition | undefined): Reader {
  return () => `${definition?.Key ?? ''}$`;
}
