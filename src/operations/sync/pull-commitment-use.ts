import type { Period } from '../../kernel/calendar.ts';
import { type Commitment, reservationFact, savingsPlanFact } from '../../ledger/commitment.ts';
import {
  planCoverageByDay,
  planCoverageByMonth,
  planUtilizationByDay,
  planUtilizationByMonth,
  reservationCoverageByMonth,
  reservationUtilizationByDay,
  reservationUtilizationByMonth,
} from '../../ledger/commitment-use.ts';
import type { FactType, KnownFact } from '../../ledger/fact.ts';
import { SERVICE } from '../../ledger/service.ts';
import type { Context } from '../context.ts';
import type { FactPull, UseQuestion } from '../ports/commitment-source.ts';
import type { Connection } from '../ports/connections.ts';
import type { PullOptions } from '../ports/cost-source.ts';
import { attempt, paidJob } from './attempt.ts';
import type { Outcome, SyncEntry } from './entry.ts';
import { orGap } from './gap.ts';
import type { SourcePlan } from './source.ts';
import { questionOfUse } from './use-windows.ts';

export const PLAN_USE = 'commitmentUse:savingsPlans';
export const RESERVATION_USE = 'commitmentUse:reservations';

/** Services that sell reservations (Cost Explorer guide, reservation reports, read 2026-11), as Cost Explorer names them. */
const RESERVABLE: readonly string[] = [
  SERVICE.ec2Compute,
  SERVICE.rds,
  SERVICE.elastiCache,
  SERVICE.openSearch,
  SERVICE.redshift,
  SERVICE.memoryDb,
];

type Ask = (options: PullOptions, runId: string, question: UseQuestion) => Promise<Outcome>;

/** Utilization and coverage of Savings Plans. Without a plan there is nothing to ask, and nothing to pay for asking. */
export function pullPlanUse(context: Context, plan: SourcePlan): Promise<SyncEntry[]> {
  return asked(context, plan, PLAN_USE, async (options, runId, question) => {
    if (!(await ownsPlan(context, plan.connection, question.window))) return { rows: 0 };
    const use = await context.ports.costSource.commitments.planUse(plan.connection, question, options);
    const keep = keeper(context, plan.connection, runId);
    await keep(planUtilizationByDay, question.window, use.utilizationByDay);
    await keep(planCoverageByDay, question.window, use.coverageByDay);
    await keep(planUtilizationByMonth, spanOf(question), use.utilizationByMonth);
    await keep(planCoverageByMonth, spanOf(question), use.coverageByMonth);
    return keep.outcome();
  });
}

/** Utilization and coverage of reservations, and with them which there are. Asked of the services that the bill shows. */
export function pullReservationUse(context: Context, plan: SourcePlan): Promise<SyncEntry[]> {
  return asked(context, plan, RESERVATION_USE, async (options, runId, question) => {
    const serviceNames = await reservableServices(context, question.window);
    if (serviceNames.length === 0) return { rows: 0 };
    const asked = { ...question, serviceNames };
    const use = await context.ports.costSource.commitments.reservationUse(plan.connection, asked, options);
    const keep = keeper(context, plan.connection, runId);
    await keep(reservationUtilizationByDay, question.window, use.utilizationByDay);
    await keep(reservationUtilizationByMonth, spanOf(question), use.utilizationByMonth);
    await keep(reservationCoverageByMonth, spanOf(question), use.coverageByMonth);
    await keep(reservationFact, null, use.inventory);
    return keep.outcome();
  });
}

async function asked(context: Context, plan: SourcePlan, source: string, ask: Ask): Promise<SyncEntry[]> {
  plan.step(source);
  if (!plan.isDue(source)) return [];
  const question = questionOfUse(plan.asOf, plan.lastGood(plan.connection.id, source));
  return [
    await attempt(context, paidJob(plan, source, question.window), (options, runId) =>
      orGap(() => ask(options, runId, question)),
    ),
  ];
}

/** Writes kind after kind and counts. */
function keeper({ scope, ports }: Context, { id: connectionId }: Connection, runId: string) {
  let [rows, quarantined] = [0, 0];
  const keep = async <Body>(type: FactType<Body>, window: Period | null, { facts, unread }: FactPull<Body>): Promise<void> => {
    await ports.facts.replace(scope, { connectionId, runId, type, window, facts });
    rows += facts.length;
    quarantined += unread.length;
  };
  return Object.assign(keep, { outcome: (): Outcome => ({ rows, quarantined }) });
}

/** The months asked for: their facts stand on their first days. */
function spanOf({ months, window }: UseQuestion): Period {
  return { start: months[0]?.start ?? window.start, end: window.end };
}

async function ownsPlan({ scope, ports }: Context, connection: Connection, window: Period): Promise<boolean> {
  const plans: readonly KnownFact<Commitment>[] = await ports.facts.read(scope, savingsPlanFact);
  return plans.some(
    ({ connectionId, body }) =>
      connectionId === connection.id && body.start.slice(0, 10) < window.end && body.end.slice(0, 10) >= window.start,
  );
}

/** Those of them that the bill shows. */
export async function reservableServices({ scope, ports }: Context, period: Period): Promise<readonly string[]> {
  const { currencies } = await ports.ledgerReader.freshness(scope);
  const used = new Set<string>();
  for (const currency of currencies) {
    for (const row of await ports.ledgerReader.spendByService(scope, { period, basis: 'runningCost', currency })) {
      used.add(row.serviceName ?? '');
    }
  }
  return RESERVABLE.filter((service) => used.has(service));
}
