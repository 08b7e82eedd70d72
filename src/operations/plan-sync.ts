import { asDay, type Day, dayOf } from '../kernel/calendar.ts';
import type { DecimalString } from '../kernel/money.ts';
import type { Context } from './context.ts';
import type { Connection } from './ports/connections.ts';
import { isAskedOver, passedByOver } from './sync/billing-view.ts';
import { Budget, DAILY_BUDGET } from './sync/budget.ts';
import { connectionsToPull, wantedRuns } from './sync/connections.ts';
import { type Days, isDue } from './sync/due.ts';
import { type RunHistory, readRunHistory } from './sync/last-good.ts';
import { ALL_READS, type FactRead } from './sync/plan/needs.ts';
import { expectedDays, readPlanFacts } from './sync/plan/plan-facts.ts';
import { planRequests } from './sync/plan/plan-requests.ts';
import type { RequestPlan } from './sync/plan/request.ts';
import { SOURCES } from './sync/sources/index.ts';

interface PlanSyncInput {
  readonly asOf: Day | null;
  readonly reads?: readonly FactRead[];
  readonly connectionName: string | null;
  readonly isEverythingWanted?: boolean;
  /** US dollars a connection and UTC day; `DAILY_BUDGET` when left out. */
  readonly dailyBudget?: DecimalString;
}

export interface SyncPlan extends RequestPlan {
  readonly connection: string;
  readonly asOf: Day;
  /** US dollars left of today's budget. */
  readonly budgetLeft: DecimalString;
  /** Sources that are never asked over this connection, since they cannot answer for the one billing view that it reads. */
  readonly passedBy: readonly string[];
  /** Sources beside the bill that are due and cost money too: how much is not planned. */
  readonly unplanned: readonly string[];
  /** What the estimate counts on a page; AWS documents no number. */
  readonly groupsPerPage: number;
}

/** What a sync would ask of the bill and what that would cost, without asking anything. Of other sources that cost money only the names. */
export async function planSync(context: Context, input: PlanSyncInput): Promise<readonly SyncPlan[]> {
  const asOf = input.asOf ? asDay(input.asOf, 'as-of day') : dayOf(context.now());
  const connections = await connectionsToPull(context, input.connectionName);
  const history = await readRunHistory(context, wantedRuns(connections));
  const plans: SyncPlan[] = [];
  for (const connection of connections) {
    const facts = await readPlanFacts(context, { connection, asOf, history });
    const today = dayOf(context.now());
    const spent = await context.ports.runs.spentSince(context.scope, connection.id, `${today}T00:00:00.000Z`);
    const budgetLeft = new Budget(connection.name, input.dailyBudget ?? DAILY_BUDGET, spent).leftAtStart;
    const plan = planRequests({
      ...facts,
      asOf,
      reads: input.reads ?? ALL_READS,
      source: expectedDays(asOf, facts.known),
      whole: [],
      restatedMonths: [],
      budget: budgetLeft,
      isEverythingWanted: input.isEverythingWanted ?? false,
    });
    const about = { connection: connection.name, asOf, budgetLeft, passedBy: passedByOver(connection) };
    const unplanned = unplannedOver(connection, history, input, { asOf, today });
    plans.push({ ...about, unplanned, groupsPerPage: facts.sizes.groupsPerPage, ...plan });
  }
  return plans;
}

function unplannedOver(
  connection: Connection,
  history: RunHistory,
  { isEverythingWanted = false }: PlanSyncInput,
  days: Days,
): readonly string[] {
  return SOURCES.filter((source) => source.isPaid && source.phase !== 'bill' && isAskedOver(source, connection))
    .flatMap((source) =>
      source.runSources.filter(
        (name) => isEverythingWanted || isDue(source, history, { connectionId: connection.id, source: name }, days),
      ),
    )
    .sort();
}
