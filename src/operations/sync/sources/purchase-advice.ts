import { addDays } from '../../../kernel/calendar.ts';
import { planPurchaseAdviceFact, reservationPurchaseAdviceFact } from '../../../ledger/purchase-advice.ts';
import { SERVICE } from '../../../ledger/service.ts';
import type { Context } from '../../context.ts';
import type { PlanAdviceQuestion, ReservationAdviceQuestion } from '../../ports/commitment-source.ts';
import type { PullOptions } from '../../ports/cost-source.ts';
import { attempt, paidJob } from '../attempt.ts';
import type { Outcome } from '../entry.ts';
import { orGap } from '../gap.ts';
import { reservableServices } from '../pull-commitment-use.ts';
import type { Source, SourcePlan } from '../source.ts';

const PURCHASE_ADVICE = 'purchaseAdvice';

/**
 * Each question is a paid page, so only those that a careful buyer compares: one year without a fee, what three years would add, and whether a
 * week or two months say the same.
 */
const ASKED = { paymentOption: 'NoUpfront', lookbackDays: 30, accountScope: 'payer' } as const;
/** The look-backs beside the usual one that AWS answers (GetSavingsPlansPurchaseRecommendation, read 2026-11). */
const OTHER_LOOKBACKS = [7, 60] as const;
const PLAN_QUESTIONS: readonly PlanAdviceQuestion[] = [
  { planType: 'Compute', termYears: 1, ...ASKED },
  { planType: 'Compute', termYears: 3, ...ASKED },
  { planType: 'EC2Instance', termYears: 1, ...ASKED },
  { planType: 'Database', termYears: 1, ...ASKED },
  ...OTHER_LOOKBACKS.flatMap((lookbackDays) =>
    (['Compute', 'EC2Instance', 'Database'] as const).map((planType) => ({
      ...{ planType, termYears: 1 as const },
      ...{ ...ASKED, lookbackDays },
    })),
  ),
];

/** AWS's own advice on purchases: observed facts, a second opinion that is never added to ours. */
export const purchaseAdvice: Source = {
  id: 'purchaseAdvice',
  phase: 'facts',
  steps: 1,
  // Whoever buys looks once a month; each question is paid.
  everyDays: 30,
  isPaid: true,
  runSources: [PURCHASE_ADVICE],
  pull: async (context, plan) => {
    plan.step(PURCHASE_ADVICE);
    // The days that AWS looks back on; it answers as things stand now.
    const window = { start: addDays(plan.asOf, -ASKED.lookbackDays), end: plan.asOf };
    const job = paidJob(plan, PURCHASE_ADVICE, window);
    return {
      entries: [await attempt(context, job, (options, runId) => orGap(() => askAll(context, plan, options, runId)))],
    };
  },
};

async function askAll(context: Context, plan: SourcePlan, options: PullOptions, runId: string): Promise<Outcome> {
  const { scope, ports } = context;
  const { connection, asOf } = plan;
  const source = ports.costSource.commitments;
  const plans = [];
  for (const question of PLAN_QUESTIONS) plans.push(await source.planAdvice(connection, question, options));
  const reservations = [];
  const services = await reservableServices(context, { start: addDays(asOf, -ASKED.lookbackDays), end: asOf });
  for (const serviceName of services) {
    const offeringClass = serviceName === SERVICE.ec2Compute ? ('standard' as const) : null;
    const question: ReservationAdviceQuestion = { serviceName, offeringClass, termYears: 1, ...ASKED };
    reservations.push(await source.reservationAdvice(connection, question, options));
  }
  const written = { connectionId: connection.id, runId, window: null };
  await ports.facts.replace(scope, { ...written, type: planPurchaseAdviceFact, facts: plans.flatMap(({ facts }) => facts) });
  await ports.facts.replace(scope, {
    ...written,
    type: reservationPurchaseAdviceFact,
    facts: reservations.flatMap(({ facts }) => facts),
  });
  const all = [...plans, ...reservations];
  return { rows: all.length, quarantined: all.reduce((sum, { unread }) => sum + unread.length, 0) };
}
