import { organizationAccount } from '../../ledger/organization.ts';
import type { Context } from '../context.ts';
import { attempt } from './attempt.ts';
import type { Outcome, SyncEntry } from './entry.ts';
import type { SourcePlan } from './source.ts';

export const ORGANIZATIONS = 'organizations';

/** Being in no organisation, or a member that may not list the others, is an answer: the run is good and has no rows. */
export function pullOrganizations(
  context: Context,
  { connection, onFailure }: Pick<SourcePlan, 'connection' | 'onFailure'>,
): Promise<SyncEntry> {
  const job = { connection, source: ORGANIZATIONS, window: null, budget: null, onFailure };
  return attempt(context, job, async (options, runId): Promise<Outcome> => {
    const { scope, ports } = context;
    const { accounts, gaps } = await ports.awsAdvice.pullOrganization(connection, options);
    const about = { connectionId: connection.id, runId, window: null };
    await ports.facts.replace(scope, { ...about, type: organizationAccount, facts: accounts });
    const named = accounts.map(({ accountId, body }) => ({ accountId: accountId ?? '', accountName: body.name }));
    await ports.observations.nameAccounts(
      scope,
      named.filter(({ accountName }) => accountName !== ''),
    );
    return { rows: accounts.length, gap: gapOf(gaps) };
  });
}

function gapOf([first, ...rest]: readonly string[]): Outcome['gap'] {
  if (first === undefined) return null;
  return {
    code: 'ACCESS_DENIED_BY_AWS',
    message: `The accounts' names were read, but not everything beside them: ${first}${rest.length > 0 ? ` (and ${rest.length} more)` : ''}`,
    nextStep: 'Add the actions of "iam-policy" to the role that Cost Pillar reads with.',
  };
}
