import type { Snapshot } from '../../../ledger/snapshot.ts';
import { lastSnapshot, placeToAsk } from '../../sync/pull-compute-optimizer.ts';
import { type Check, type ConnectionLook, fine, type Sight } from '../check.ts';

/** Who takes part in Compute Optimizer, region by region in use, and whether the last sync could read it there. */
export const computeOptimizer: Check = {
  id: 'computeOptimizer',
  what: 'Compute Optimizer',
  phase: 'service',
  facts: ['computeOptimizer'],
  see: async (look) => {
    const known = await lastSnapshot(look.context, look.asOf);
    const { accountIds, regionIds } = placeToAsk(look.connection, null, known);
    return Promise.all(regionIds.map((regionId) => seeRegion(look, regionId, accountIds, known)));
  },
};

/** Of accounts that the organisation does not list (another payer's) nothing is said here. */
async function seeRegion(
  { context, connection, options }: ConnectionLook,
  regionId: string,
  accountIds: readonly string[],
  known: Snapshot | null,
): Promise<Sight> {
  const enrolments = await context.ports.awsAdvice.computeOptimizerEnrolments(connection, regionId, options);
  const asked = enrolments.filter(({ accountId }) => accountIds.includes(accountId ?? ''));
  const off = asked.filter(({ body }) => body.status !== 'Active');
  if (asked.length === 0) {
    const nextStep = `Ask AWS yourself: "aws compute-optimizer get-enrollment-status --region ${regionId}".`;
    return { state: 'partial', finding: 'AWS does not say who takes part', nextStep, regionId };
  }
  const unread = gapIn(known, regionId);
  const [gap] = unread;
  if (off.length === 0 && !gap) return { ...fine(`On for ${asked.length} of ${asked.length} accounts`), regionId };
  if (off.length > 0) {
    const named = off.map(({ accountId, body }) => `${accountId} (${body.reason ?? body.status})`).join(', ');
    return {
      state: off.length === asked.length ? 'off' : 'partial',
      finding: `Off for ${off.length} of ${asked.length} accounts: ${named}`,
      nextStep: switchIn(regionId),
      regionId,
    };
  }
  return {
    state: 'partial',
    finding: `On for ${asked.length} accounts, but the last sync could not read ${unread.length} of them`,
    nextStep: gap?.detail ?? 'Run "sync" again.',
    regionId,
  };
}

function gapIn(known: Snapshot | null, regionId: string): Snapshot['coverage'] {
  return (known?.coverage ?? []).filter(
    (item) => item.fact === 'computeOptimizer' && item.regionId === regionId && ['accessDenied', 'failed'].includes(item.state),
  );
}

function switchIn(regionId: string): string {
  return `In the payer account open Compute Optimizer > Account management > Opt in (all member accounts), or run "aws compute-optimizer update-enrollment-status --status Active --include-member-accounts --region ${regionId}"; results follow within 24 hours.`;
}
