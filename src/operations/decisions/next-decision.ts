import { type Approval, type DecisionTerms, legalDecisions, MOST_SNOOZE_DAYS } from '../../advice/decision.ts';
import type { Recommendation } from '../../advice/recommendation.ts';
import { addDays, type Day } from '../../kernel/calendar.ts';
import type { NewDecision } from '../ports/decisions.ts';
import type { GivenTerms } from './terms.ts';

export interface DecidedBy {
  readonly today: Day;
  /** Who decides where nobody else is named. */
  readonly label: string;
}

/** The decision to write down; null: it stands like that already; or why it cannot be. */
export type NextDecision = { readonly decision: NewDecision | null } | { readonly problem: string };

/**
 * What was said of a recommendation as it stands. What an acceptance said before and nobody says anew still holds (owner, due day, approval,
 * cost, proposer, decider), also when it is done. Law: the same decision twice is once.
 */
export function nextDecision(item: Recommendation, given: GivenTerms, by: DecidedBy): NextDecision {
  const terms = termsOf(item, given, by);
  if (stands(item, terms)) return { decision: null };
  const legal = legalDecisions(item);
  if (!legal.includes(given.to)) return { problem: illegal(item, legal) };
  const problem = problemOf(item, given, terms, by.today);
  if (problem !== null) return { problem };
  const decision = {
    ...terms,
    recommendationId: item.id,
    number: (item.decision?.number ?? 0) + 1,
    from: item.status,
    monthlyCost: item.effect.monthlyCost,
    currency: item.currency,
    decidedOn: by.today,
  };
  return { decision };
}

function illegal(item: Recommendation, legal: readonly string[]): string {
  if (item.status === 'exempted') return 'it is exempted: end its exemption first';
  const state = item.closedBecause === null ? item.status : `${item.status} (${item.closedBecause})`;
  return legal.length === 0 ? `it is ${state}: nothing is left to decide` : `it is ${state}: legal are ${legal.join(', ')}`;
}

function termsOf(item: Recommendation, given: GivenTerms, { label }: DecidedBy): DecisionTerms {
  const before = standingTerms(item, given);
  const { implementationCost: amount, implementationCurrency: currency = item.currency } = given;
  return {
    to: given.to,
    proposer: given.proposer ?? before?.proposer ?? null,
    decider: given.decider ?? before?.decider ?? label,
    owner: given.owner ?? before?.owner ?? null,
    dueOn: given.dueOn ?? before?.dueOn ?? null,
    approval: approvalOf(given, before?.approval ?? null),
    implementationCost: amount === undefined ? (before?.implementationCost ?? null) : { amount, currency },
    implementer: given.implementer ?? null,
    implementedOn: given.to === 'implemented' ? (given.implementedOn ?? item.lastSeen) : null,
    seenAsDone: given.seenAsDone === true,
    snoozedUntil: given.snoozedUntil ?? null,
    dismissedBecause: given.dismissedBecause ?? null,
    comment: given.comment ?? null,
  };
}

/** What was agreed and is taken further; what was put off, refused or opened again is begun anew. */
function standingTerms({ decision }: Recommendation, { to }: GivenTerms): DecisionTerms | null {
  const isAgreed = decision?.to === 'accepted' || decision?.to === 'implemented' || decision?.to === to;
  return isAgreed && (to === 'accepted' || to === 'implemented' || decision.to === to) ? decision : null;
}

/** Another state of approval is said whole, but for its number, which it keeps. */
function approvalOf(given: GivenTerms, before: Approval | null): Approval | null {
  const state = given.approval ?? before?.state;
  if (state === undefined) return null;
  const kept = given.approval === undefined || given.approval === before?.state ? before : null;
  const reference = state === 'notNeeded' ? null : (before?.reference ?? null);
  return {
    state,
    reference: given.approvalReference ?? reference,
    approver: given.approver ?? kept?.approver ?? null,
    day: given.approvalDay ?? kept?.day ?? null,
  };
}

/** What was done and has left the data since stands as done. */
function stands({ status, closedBecause, decision }: Recommendation, terms: DecisionTerms): boolean {
  const isStatus = status === terms.to || (terms.to === 'implemented' && closedBecause === 'implemented');
  return isStatus && decision !== null && isSame(decision, terms);
}

function isSame(known: DecisionTerms, terms: DecisionTerms): boolean {
  const { approval, implementationCost, ...rest } = terms;
  return (
    (Object.keys(rest) as (keyof typeof rest)[]).every((field) => known[field] === rest[field]) &&
    known.approval?.state === approval?.state &&
    known.approval?.reference === approval?.reference &&
    known.approval?.approver === approval?.approver &&
    known.approval?.day === approval?.day &&
    known.implementationCost?.amount === implementationCost?.amount &&
    known.implementationCost?.currency === implementationCost?.currency
  );
}

function problemOf(item: Recommendation, given: GivenTerms, terms: DecisionTerms, today: Day): string | null {
  const { owner, approval, snoozedUntil, implementedOn, seenAsDone } = terms;
  // Days are UTC days: where people sit it may be tomorrow already.
  const latest = addDays(today, 1);
  if (terms.to === 'accepted' && owner === null) return 'owner: say who answers for it';
  if (given.dueOn !== undefined && given.dueOn < today) return `dueOn: ${given.dueOn} is before today, ${today}`;
  if (snoozedUntil !== null && snoozedUntil <= today) return `snoozedUntil: ${snoozedUntil} is not after today, ${today}`;
  if (snoozedUntil !== null && snoozedUntil > addDays(today, MOST_SNOOZE_DAYS)) {
    return `snoozedUntil: at most ${MOST_SNOOZE_DAYS} days from today, so ${addDays(today, MOST_SNOOZE_DAYS)}`;
  }
  if (implementedOn !== null && implementedOn > latest) return `implementedOn: ${implementedOn} has not come yet`;
  if (seenAsDone && item.status !== 'closed' && item.decision?.seenAsDone !== true) {
    return 'seenAsDone: it is still in the data; say on which day it was done';
  }
  return approvalProblem(given, approval, latest);
}

function approvalProblem(given: GivenTerms, approval: Approval | null, latest: Day): string | null {
  if (approval === null) {
    const isSaid = [given.approvalReference, given.approver, given.approvalDay].some((value) => value !== undefined);
    return isSaid ? 'approval: say its state beside the reference, approver or day' : null;
  }
  const { state, reference, approver, day } = approval;
  if (state === 'notNeeded' && (reference !== null || approver !== null || day !== null)) {
    return 'approval: where none is needed there is no reference, approver or day';
  }
  if ((state === 'approved' || state === 'returned') && (approver === null || day === null)) {
    return `approval: "${state}" needs approver and day`;
  }
  return day !== null && day > latest ? `approvalDay: ${day} has not come yet` : null;
}
