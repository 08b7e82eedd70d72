import { entriesById, type RecommendationRow } from '../advice/advice-document.ts';
import { answersOnAccount, answersOnResource } from '../advice/answers.ts';
import type { Catalogue } from '../advice/catalogue-entry.ts';
import { isLive } from '../advice/deduplicate.ts';
import { findSubject, type NamedResource } from '../advice/find-subject.ts';
import { policyViewOf } from '../advice/policy/policy-view.ts';
import type { Recommendation } from '../advice/recommendation.ts';
import { residualView } from '../advice/residual-usage.ts';
import { type SnapshotView, viewOf } from '../advice/snapshot-view.ts';
import { stack } from '../advice/stack.ts';
import type { Day } from '../kernel/calendar.ts';
import { AdvisorError } from '../kernel/failure.ts';
import { dayToLook } from './advise.ts';
import type { Context } from './context.ts';
import { type AnswerRow, answerRows } from './explain/answer-rows.ts';
import { type AccountKnown, accountKnown, type ResourceKnown, resourceKnown } from './explain/known.ts';
import { loadPolicy } from './policy/load-policy.ts';

export interface ExplainInput {
  /** An account id, a resource id, an ARN, or the end of one. */
  readonly resource: string;
  readonly accountId?: string | undefined;
  readonly regionId?: string | undefined;
  readonly asOf?: Day | null;
  readonly currency?: string | null;
  readonly catalogue: Catalogue;
}

interface Looked {
  readonly asOf: Day;
  readonly dataAsOf: Day | null;
  readonly currency: string;
  readonly basis: 'runningCost';
  readonly hoursPerMonth: 730;
}

interface Answered extends Looked {
  readonly answers: readonly AnswerRow[];
  /** How many rules are about other kinds of things. */
  readonly otherRules: number;
  /** Of rules that are gone, or of a resource that is. */
  readonly pastRecommendations: readonly RecommendationRow[];
}

export interface ResourceExplained extends Answered {
  readonly kind: 'resource';
  readonly subject: ResourceKnown;
}

export interface AccountExplained extends Answered {
  readonly kind: 'account';
  readonly subject: AccountKnown;
}

export interface Candidates extends Looked {
  readonly kind: 'candidates';
  readonly asked: string;
  /** The first of them, by id, account and region. */
  readonly candidates: readonly NamedResource[];
  readonly count: number;
}

export type Explained = ResourceExplained | AccountExplained | Candidates;

const MOST_CANDIDATES = 50;

/**
 * Why there is advice for a resource or an account, or none: every rule that is about it judges it again on today's facts, and nothing is
 * saved. NOT_FOUND in the same words for what nobody has and for what another tenant has.
 */
export async function explain(context: Context, input: ExplainInput): Promise<Explained> {
  const { scope, ports } = context;
  const asOf = await dayToLook(context, input.asOf);
  const snapshot = await ports.snapshots.snapshot(scope, { asOf, currency: input.currency ?? null });
  const last = (await ports.recommendations.current(scope)).filter((item) => item.currency === snapshot.currency);
  const { dataAsOf, currency } = snapshot;
  const looked: Looked = { asOf, dataAsOf, currency, basis: 'runningCost', hoursPerMonth: 730 };
  const { policy, ownRules } = await loadPolicy(
    context,
    input.catalogue.map(({ detector }) => detector),
  );
  const catalogue = [...input.catalogue, ...ownRules];
  const view = viewOf(snapshot, undefined, undefined, policyViewOf(policy, snapshot.hearing));
  const told: Told = { context, catalogue, view, last, looked };
  const found = findSubject({ ...input, text: input.resource }, snapshot, last.filter(namesResource));
  switch (found.kind) {
    case 'none':
      throw notFound();
    case 'candidates':
      return { kind: 'candidates', ...looked, asked: input.resource.trim(), ...firstOf(found.candidates) };
    case 'account':
      return aboutAccount(found.accountId, told);
    case 'resource':
      return aboutResource(found.resource, told);
  }
}

interface Told {
  readonly context: Context;
  readonly catalogue: Catalogue;
  readonly view: SnapshotView;
  /** What the last turn of advice left. */
  readonly last: readonly Recommendation[];
  readonly looked: Looked;
}

function namesResource(item: Recommendation): item is Recommendation & NamedResource {
  return item.resourceId !== null;
}

function notFound(): AdvisorError {
  return new AdvisorError(
    'NOT_FOUND',
    'Nothing is known of a resource or an account of this name.',
    'Use the id as the bill has it (i-…, vol-…, an ARN, the name of a bucket) or an account id; "cost-pillar sync" reads what is new.',
  );
}

function firstOf(candidates: readonly NamedResource[]): Pick<Candidates, 'candidates' | 'count'> {
  const first = candidates.slice(0, MOST_CANDIDATES);
  return {
    candidates: first.map(({ accountId, regionId, resourceId, resourceType }) => ({
      accountId,
      regionId,
      resourceId,
      resourceType,
    })),
    count: candidates.length,
  };
}

function aboutResource(named: NamedResource, told: Told): ResourceExplained {
  const { view, last, catalogue } = told;
  const isIt = ({ accountId, regionId, resourceId }: Pick<Recommendation, 'accountId' | 'regionId' | 'resourceId'>): boolean =>
    resourceId === named.resourceId && accountId === named.accountId && regionId === named.regionId;
  const facts = view.snapshot.resources.find(isIt);
  const { answers, otherRules } = facts ? answersOnResource(facts, askedOf(told)) : { answers: [], otherRules: catalogue.length };
  return {
    kind: 'resource',
    ...told.looked,
    subject: resourceKnown(named, facts, view),
    ...answerRows(answers, last.filter(isIt), readerOf(told)),
    otherRules,
  };
}

function aboutAccount(accountId: string, told: Told): AccountExplained {
  const { answers, otherRules } = answersOnAccount(accountId, askedOf(told));
  const ids = new Set(answers.map(({ id }) => id));
  const own = told.last.filter((item) => item.accountId === accountId);
  const wider = told.last.filter((item) => ids.has(item.id) || (item.resourceId === null && item.accountId === accountId));
  return {
    kind: 'account',
    ...told.looked,
    subject: accountKnown(accountId, own.filter(isLive), told.view),
    ...answerRows(answers, wider, readerOf(told)),
    otherRules,
  };
}

function readerOf({ context, looked, catalogue }: Told) {
  return { locale: context.locale, currency: looked.currency, entries: entriesById(catalogue) };
}

/** What the other advice leaves is told from the last turn: one question does not judge the whole estate again. */
function askedOf({ catalogue, view, last }: Told) {
  let residual: SnapshotView | null = null;
  return {
    detectors: catalogue.map(({ detector }) => detector),
    view,
    residual: () => {
      residual ??= residualView(
        stack(
          last.filter(({ effect }) => effect.component !== 'commitment'),
          view,
        ),
        view,
      );
      return residual;
    },
  };
}
