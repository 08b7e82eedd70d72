import type { PolicyStatement } from '../../operations/ports/cost-source.ts';
import { SOURCE_ACTIONS } from './actions.ts';
import type { PolicyPlace } from './source-actions.ts';

/** The one statement that `exports/actions.ts` makes. */
const EXPORTS_SID = 'BillExports';
const NO_PLACE: PolicyPlace = { billingViewArn: null, exportArns: [] };

/** The least that all sources together need, statement by statement. Read-only by a test: Get, List, Describe. */
export function permissionsFor(place: Partial<PolicyPlace> = {}): readonly PolicyStatement[] {
  return SOURCE_ACTIONS.map(({ sid, because, commands, resources }) => ({
    sid,
    because,
    actions: [...new Set(Object.values(commands).flat())].sort(),
    resources: resources ? resources({ ...NO_PLACE, ...place }) : ['*'],
  })).filter((statement) => statement.resources.length > 0);
}

/** IAM takes no more characters of an inline session policy (STS reference, AssumeRole, read 2026-11). */
export const SESSION_POLICY_CHARACTERS = 2_048;

/**
 * The same list for one session, so that a role which was granted too much still gives us no more than this. Written as short as it goes:
 * statements on everything become one, and nobody reads their names.
 */
export function sessionPolicy(place: Partial<PolicyPlace> = {}): string {
  return policyOf(permissionsFor(place));
}

/** For a session that reads an export and nothing else. */
export function exportSessionPolicy(exportArns: readonly string[]): string {
  return policyOf(permissionsFor({ exportArns }).filter(({ sid }) => sid === EXPORTS_SID));
}

function policyOf(statements: readonly PolicyStatement[]): string {
  const byResources = Map.groupBy(statements, (statement) => statement.resources.join('\n'));
  const Statement = [...byResources.values()].map((group) => ({
    Effect: 'Allow',
    Action: [...new Set(group.flatMap((statement) => statement.actions))].sort(),
    Resource: oneOrMany(group[0]?.resources ?? []),
  }));
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

function oneOrMany(items: readonly string[]): string | readonly string[] {
  return items.length === 1 ? (items[0] as string) : items;
}
