import { fingerprint } from '../../../kernel/fingerprint.ts';
import type { EstateAccount } from '../../estate/types.ts';
import type { World } from '../world.ts';

export const ORGANIZATION_ID = 'o-yamabuki01';
export const ROOT_ID = 'r-ymbk';

export interface Unit {
  readonly id: string;
  readonly name: string;
  readonly parentId: string;
}

/** The units that the accounts lie in, each with those above it, in the order of the accounts. */
export function unitsOf({ estate }: World): readonly Unit[] {
  const units = new Map<string, Unit>();
  for (const { organizationalUnits = [] } of estate.accounts) {
    for (const depth of organizationalUnits.keys()) {
      const path = organizationalUnits.slice(0, depth + 1);
      const unit = { id: unitId(path), name: path[depth] ?? '', parentId: unitId(path.slice(0, -1)) };
      units.set(unit.id, unit);
    }
  }
  return [...units.values()];
}

export function parentOf({ organizationalUnits = [] }: EstateAccount): string {
  return unitId(organizationalUnits);
}

function unitId(path: readonly string[]): string {
  return path.length === 0 ? ROOT_ID : `ou-ymbk-${fingerprint('unit', ...path).slice(0, 8)}`;
}
