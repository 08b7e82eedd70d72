import type { Coverage } from '../../../ledger/snapshot.ts';
import { type Check, fine } from '../check.ts';

/** Compute Optimizer is on and answers. */
export const computeOptimizer: Check = {
  id: 'computeOptimizer',
  what: 'Compute Optimizer',
  phase: 'service',
  facts: ['computeOptimizer'],
  see: async ({ context, connection, asOf, options }) => {
    const question = { accountIds: [connection.payerAccountId], regionIds: [connection.regionId], asOf };
    const { coverage, recommendations } = await context.ports.costSource.pullComputeOptimizer(connection, question, options);
    const gap = coverage.find((item) => item.state !== 'covered');
    const place = `account ${connection.payerAccountId} in ${connection.regionId}`;
    if (!gap) return [fine(`Compute Optimizer answers for ${place} (${recommendations.length} resources)`)];
    return [
      {
        state: gap.state === 'notEnrolled' ? 'off' : 'broken',
        finding: `Compute Optimizer does not answer for ${place}: ${gapWord(gap)}`,
        nextStep: gap.detail ?? 'Opt in to Compute Optimizer in that account.',
      },
    ];
  },
};

const GAP_WORDS: Readonly<Record<Exclude<Coverage['state'], 'covered'>, string>> = {
  notEnrolled: 'it is not switched on',
  accessDenied: 'a permission is missing',
  failed: 'it failed',
  notPulled: 'it was not asked',
  tooOld: 'what it says is too old',
};

function gapWord(coverage: Coverage): string {
  return coverage.state === 'covered' ? 'nothing is missing' : GAP_WORDS[coverage.state];
}
