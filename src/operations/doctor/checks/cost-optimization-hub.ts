import { HUB_SWITCH } from '../../sync/pull-cost-optimization-hub.ts';
import { type Check, fine } from '../check.ts';

/** Cost Optimization Hub is on for the organisation. */
export const costOptimizationHub: Check = {
  id: 'costOptimizationHub',
  what: 'Cost Optimization Hub',
  phase: 'service',
  facts: [],
  see: async ({ context, connection, options }) => {
    const { isEnrolled, enrolments } = await context.ports.awsAdvice.hubStatus(connection, options);
    const off = enrolments.filter(({ body }) => body.status !== 'Active').map(({ accountId }) => accountId);
    if (isEnrolled && off.length === 0) return [fine(`On for ${enrolments.length} accounts`)];
    return [
      {
        state: isEnrolled ? 'partial' : 'off',
        finding: isEnrolled ? `Off for ${off.length} of ${enrolments.length} accounts: ${off.join(', ')}` : 'Not switched on',
        nextStep: HUB_SWITCH,
        consequence: "AWS's own total, each resource counted once, is missing, and with it the check of our advice against it",
      },
    ];
  },
};
