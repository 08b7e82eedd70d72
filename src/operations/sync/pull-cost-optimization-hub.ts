import { hubEnrolment, hubRecommendation, hubTotal } from '../../ledger/hub-facts.ts';
import type { Context } from '../context.ts';
import type { HubAnswer } from '../ports/aws-advice.ts';
import { attempt } from './attempt.ts';
import type { Outcome, SyncEntry } from './entry.ts';
import type { SourcePlan } from './source.ts';

export const HUB = 'costOptimizationHub';

/** For people: where and with which command it is switched on. */
export const HUB_SWITCH =
  'In the payer account open Billing and Cost Management > Cost Optimization Hub > Enable, or run "aws cost-optimization-hub update-enrollment-status --status Active --include-member-accounts --region us-east-1"; advice follows within 24 hours.';

/** What the Hub no longer says is no longer said; an account that takes no part says nothing. */
export function pullCostOptimizationHub(
  context: Context,
  { connection, asOf, onFailure }: Pick<SourcePlan, 'connection' | 'asOf' | 'onFailure'>,
): Promise<SyncEntry> {
  const job = { connection, source: HUB, window: null, budget: null, onFailure };
  return attempt(context, job, async (options, runId): Promise<Outcome> => {
    const { scope, ports } = context;
    const said = await ports.awsAdvice.pullHub(connection, asOf, options);
    const about = { connectionId: connection.id, runId, window: null };
    const total = said.total === null ? [] : [{ accountId: null, day: null, key: 'total', body: said.total }];
    await ports.facts.replace(scope, { ...about, type: hubEnrolment, facts: said.enrolments });
    await ports.facts.replace(scope, { ...about, type: hubTotal, facts: total });
    await ports.facts.replace(scope, { ...about, type: hubRecommendation, facts: said.recommendations });
    return { rows: said.recommendations.length, quarantined: said.unread.length, gap: gapOf(said) };
  });
}

function gapOf({ isEnrolled, unread }: HubAnswer): Outcome['gap'] {
  if (!isEnrolled) return { code: 'NOT_ENROLLED', message: 'Cost Optimization Hub is not switched on', nextStep: HUB_SWITCH };
  if (unread.length === 0) return null;
  return {
    code: 'SOURCE_ANSWER_UNREADABLE',
    message: `${unread.length} recommendations of Cost Optimization Hub could not be read (${[...new Set(unread)].slice(0, 3).join(', ')})`,
    nextStep: 'The others were kept. Please report this with the log of the run.',
  };
}
