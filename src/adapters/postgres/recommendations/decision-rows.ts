import type pg from 'pg';
import type { Approval, Decision } from '../../../advice/decision.ts';
import type { Day } from '../../../kernel/calendar.ts';
import type { TenantScope } from '../../../operations/context.ts';
import type { NewDecision } from '../../../operations/ports/decisions.ts';
import { storableText } from '../safe-values.ts';

export interface DecisionRow {
  readonly recommendation_id: string;
  readonly number: number;
  readonly from_status: Decision['from'];
  readonly to_status: Decision['to'];
  readonly proposer: string | null;
  readonly decider: string;
  readonly implementer: string | null;
  readonly owner: string | null;
  readonly due_on: Day | null;
  readonly approval_state: Approval['state'] | null;
  readonly approval_reference: string | null;
  readonly approver: string | null;
  readonly approval_day: Day | null;
  readonly implementation_cost: string | null;
  readonly implementation_currency: string | null;
  readonly implemented_on: Day | null;
  readonly seen_as_done: boolean;
  readonly snoozed_until: Day | null;
  readonly dismissed_because: Decision['dismissedBecause'];
  readonly comment: string | null;
  readonly monthly_cost: string;
  readonly currency: string;
  readonly decided_on: Day;
  readonly recorded_by: string;
  readonly recorded_at: string;
}

export function decisionOf(row: DecisionRow): Decision {
  const { implementation_cost: amount, implementation_currency: currency, approval_state: state } = row;
  return {
    recommendationId: row.recommendation_id,
    number: row.number,
    from: row.from_status,
    to: row.to_status,
    proposer: row.proposer,
    decider: row.decider,
    implementer: row.implementer,
    owner: row.owner,
    dueOn: row.due_on,
    approval: state && { state, reference: row.approval_reference, approver: row.approver, day: row.approval_day },
    implementationCost: amount !== null && currency !== null ? { amount, currency } : null,
    implementedOn: row.implemented_on,
    seenAsDone: row.seen_as_done,
    snoozedUntil: row.snoozed_until,
    dismissedBecause: row.dismissed_because,
    comment: row.comment,
    monthlyCost: row.monthly_cost,
    currency: row.currency,
    decidedOn: row.decided_on,
    recordedBy: row.recorded_by,
    recordedAt: row.recorded_at,
  };
}

export async function insertDecision(client: pg.ClientBase, scope: TenantScope, decision: NewDecision): Promise<Decision> {
  const columns = columnsOf(decision, scope);
  const names = Object.keys(columns);
  const { rows } = await client.query<DecisionRow>(
    `insert into app.decision (${names.join(', ')}) values (${names.map((_name, index) => `$${index + 1}`).join(', ')}) returning *`,
    Object.values(columns),
  );
  const [row] = rows;
  if (!row) throw new Error('a decision was not written');
  return decisionOf(row);
}

type Columns = Omit<DecisionRow, 'recorded_at'> & { readonly tenant_id: string };

function columnsOf(decision: NewDecision, scope: TenantScope): Columns {
  const { approval, implementationCost } = decision;
  const text = (value: string | null | undefined): string | null => (value ? storableText(value) : null);
  return {
    tenant_id: scope.tenantId,
    recommendation_id: decision.recommendationId,
    number: decision.number,
    from_status: decision.from,
    to_status: decision.to,
    proposer: text(decision.proposer),
    decider: storableText(decision.decider),
    implementer: text(decision.implementer),
    owner: text(decision.owner),
    due_on: decision.dueOn,
    approval_state: approval?.state ?? null,
    approval_reference: text(approval?.reference),
    approver: text(approval?.approver),
    approval_day: approval?.day ?? null,
    implementation_cost: implementationCost?.amount ?? null,
    implementation_currency: implementationCost?.currency ?? null,
    implemented_on: decision.implementedOn,
    seen_as_done: decision.seenAsDone,
    snoozed_until: decision.snoozedUntil,
    dismissed_because: decision.dismissedBecause,
    comment: text(decision.comment),
    monthly_cost: decision.monthlyCost,
    currency: decision.currency,
    decided_on: decision.decidedOn,
    recorded_by: storableText(scope.actor.label),
  };
}
