import {
  computeOptimizerEnrolment,
  computeOptimizerPreferences,
  computeOptimizerSummary,
} from '../../ledger/compute-optimizer-facts.ts';
import type { Snapshot } from '../../ledger/snapshot.ts';
import type { Context } from '../context.ts';
import { attempt } from './attempt.ts';
import type { Outcome, SyncEntry } from './entry.ts';
import { lastSnapshot, placeToAsk } from './pull-compute-optimizer.ts';
import type { SourcePlan } from './source.ts';

export const SETTINGS = 'computeOptimizerSettings';

type SettingsPlan = Pick<SourcePlan, 'connection' | 'asOf' | 'costs' | 'onFailure'>;

/** All three kinds of fact are replaced together; what one place did not answer is a gap of the run. */
export function pullComputeOptimizerSettings(context: Context, plan: SettingsPlan): Promise<SyncEntry> {
  const { connection, asOf, costs, onFailure } = plan;
  const job = { connection, source: SETTINGS, window: null, budget: null, onFailure };
  return attempt(context, job, async (options, runId): Promise<Outcome> => {
    const { scope, ports } = context;
    const known = await lastSnapshot(context, asOf);
    const places = { ...placeToAsk(connection, costs?.inUse ?? null, known), machineArns: machinesOf(known) };
    const said = await ports.awsAdvice.pullComputeOptimizerSettings(connection, places, options);
    const about = { connectionId: connection.id, runId, window: null };
    await ports.facts.replace(scope, { ...about, type: computeOptimizerEnrolment, facts: said.enrolments });
    await ports.facts.replace(scope, { ...about, type: computeOptimizerPreferences, facts: said.preferences });
    await ports.facts.replace(scope, { ...about, type: computeOptimizerSummary, facts: said.summaries });
    return { rows: said.enrolments.length + said.preferences.length + said.summaries.length, gap: gapOf(said.gaps) };
  });
}

/** The first machine of each account and region by its ARN, so that the same one is asked each day. */
function machinesOf(snapshot: Snapshot | null): string[] {
  const machines = (snapshot?.awsRecommendations ?? []).filter((item) => item.kind === 'ec2Instance');
  const byPlace = Map.groupBy(machines, (item) => `${item.accountId} ${item.regionId}`);
  return [...byPlace.values()].flatMap((group) => group.map((item) => item.arn).sort()[0] ?? []).sort();
}

function gapOf(gaps: readonly string[]): Outcome['gap'] {
  const [first] = gaps;
  if (first === undefined) return null;
  return {
    code: 'DATA_UNAVAILABLE',
    message: `Compute Optimizer did not say everything about itself: ${first}${gaps.length > 1 ? ` (and ${gaps.length - 1} more)` : ''}`,
    nextStep: 'Run "doctor" to see which account and region, and how to turn it on.',
  };
}
