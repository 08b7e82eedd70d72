import type { PolicyStatement } from '../../operations/ports/cost-source.ts';
import { SOURCE_ACTIONS } from './actions.ts';
import { KNOW_VIEWS } from './billing-view.ts';
import type { PolicyPlace } from './source-actions.ts';

/** The one statement that `exports/actions.ts` makes. */
const EXPORTS_SID = 'BillExports';
/** Public: the same for every account. */
const PRICES_SID = 'PriceList';
const NO_PLACE: PolicyPlace = { billingViewArn: null, exportArns: [] };

/**
 * The least that all sources together need, statement by statement; for a connection of one billing view, that those need which can be held
 * to it. Read-only by a test: Get, List, Describe.
 */
export function permissionsFor(given: Partial<PolicyPlace> = {}): readonly PolicyStatement[] {
  const place = { ...NO_PLACE, ...given };
  return SOURCE_ACTIONS.map(({ sid, because, commands, resources }) => {
    const asked = Object.entries(commands).filter(([command]) => isAskedAt(place, sid, command));
    const actions = [...new Set(asked.flatMap(([, needed]) => needed))].sort();
    return { sid, because, actions, resources: resources ? resources(place) : ['*'] };
  }).filter(({ actions, resources }) => actions.length > 0 && resources.length > 0);
}

function isAskedAt({ billingViewArn }: PolicyPlace, sid: string, command: string): boolean {
  return billingViewArn === null || sid === PRICES_SID || KNOW_VIEWS.has(command);
}

/** IAM takes no more characters of an inline session policy (STS reference, AssumeRole, read 2026-11). */
export const SESSION_POLICY_CHARACTERS = 2_048;

/**
 * The same list for one session, so that a role which was granted too much still lets us read only, and only the services we know. A session
 * may do what both its role and this allow, so a verb of which a service of cost has several is written once ("ce:Get*"): the names alone
 * would take more characters than there are.
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
    Action: verbsOf(group.flatMap((statement) => statement.actions)),
    Resource: oneOrMany(group[0]?.resources ?? []),
  }));
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

const SEVERAL = 3;

/**
 * Services of which Get, List and Describe tell of cost and accounts only, operation by operation: a test holds their lists. Elsewhere the
 * same verbs hand out passwords, code or sessions, so no other service is ever written with a star.
 */
const STARRED = /^(?:ce|compute-optimizer|cost-optimization-hub|organizations):(?:Get|List|Describe)/;

/** "ce:GetCostAndUsage" and its like become "ce:Get*" where one of these services has several of a verb. */
export function verbsOf(actions: readonly string[]): readonly string[] {
  const byVerb = Map.groupBy([...new Set(actions)], (action) => STARRED.exec(action)?.[0] ?? action);
  return [...byVerb].flatMap(([verb, own]) => (own.length < SEVERAL ? own : [`${verb}*`])).sort();
}

function oneOrMany(items: readonly string[]): string | readonly string[] {
  return items.length === 1 ? (items[0] as string) : items;
}
