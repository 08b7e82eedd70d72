import { entriesById, type RecommendationRow, recommendationRow } from '../advice/advice-document.ts';
import type { Catalogue } from '../advice/catalogue-entry.ts';
import type { Decision } from '../advice/decision.ts';
import { withDecision } from '../advice/follow.ts';
import type { Recommendation, RecommendationStatus } from '../advice/recommendation.ts';
import { dayOf } from '../kernel/calendar.ts';
import { AdvisorError } from '../kernel/failure.ts';
import type { DecimalString } from '../kernel/money.ts';
import type { Context } from './context.ts';
import { allNamed, type DecisionFilter, matching, unknownRecommendation } from './decisions/named.ts';
import { nextDecision } from './decisions/next-decision.ts';
import { type GivenTerms, readDecision } from './decisions/terms.ts';
import { catalogueOf } from './policy/load-policy.ts';
import type { NewDecision } from './ports/decisions.ts';

export interface DecideInput {
  /** Ids of recommendations, or resources that have one; or else a filter. */
  readonly about: readonly string[] | DecisionFilter;
  /** As `decisions/terms.ts` reads them. */
  readonly terms: unknown;
  /** Say what would change and keep nothing. */
  readonly dryRun?: boolean;
  readonly catalogue: Catalogue;
}

export interface DecidedRow {
  readonly from: RecommendationStatus;
  /** False: it stood like that already, and nothing was written. */
  readonly changed: boolean;
  /** What the bill would lose a month after overlap, by the last turn and before this decision. */
  readonly netMonthlySavingsBefore: DecimalString;
  /** As it is now. Its figures after overlap, and those of others, follow with the next turn of advice. */
  readonly recommendation: RecommendationRow;
}

export interface DecideResult {
  readonly dryRun: boolean;
  readonly items: readonly DecidedRow[];
}

/**
 * What people make of recommendations: all of it is kept, or nothing. INVALID_INPUT names what is wrong with the decision; CONFLICT names each
 * recommendation of which it is not legal, with what is; NOT_FOUND for an unknown one, and in the same words for another tenant's.
 */
export async function decide(
  context: Context,
  { about, terms: given, dryRun = false, catalogue }: DecideInput,
): Promise<DecideResult> {
  const { scope, ports } = context;
  const terms = termsOf(given);
  const ids = await idsOf(context, about, terms);
  const by = { today: dayOf(context.now()), label: scope.actor.label };
  const before = new Map<string, Recommendation>();
  const next = new Map<string, NewDecision>();
  const look = (items: readonly Recommendation[]): readonly NewDecision[] => {
    const found = new Set(items.map(({ id }) => id));
    const missing = ids.findIndex((id) => !found.has(id));
    if (missing >= 0) throw unknownRecommendation(missing + 1, ids.length);
    const problems: string[] = [];
    for (const item of items) {
      before.set(item.id, item);
      const answer = nextDecision(item, terms, by);
      if ('problem' in answer) problems.push(`${item.id}: ${answer.problem}`);
      else if (answer.decision) next.set(item.id, answer.decision);
    }
    if (problems.length > 0) throw refusal(problems, items.length);
    return dryRun ? [] : [...next.values()];
  };
  const recorded = await ports.decisions.record(scope, ids, look);
  if (recorded.length > 0) await note(context, recorded);
  const entries = entriesById(await catalogueOf(context, catalogue));
  const written = new Map(recorded.map((decision) => [decision.recommendationId, decision]));
  const items = [...before.values()].map((item) => {
    const decision = written.get(item.id) ?? proposed(next.get(item.id), scope.actor.label, context.now());
    const now = decision ? withDecision(item, decision) : item;
    return {
      from: item.status,
      changed: decision !== null,
      netMonthlySavingsBefore: item.netMonthlySavings,
      recommendation: recommendationRow(now, entries.get(item.detectorId), context.locale),
    };
  });
  return { dryRun, items };
}

function proposed(decision: NewDecision | undefined, recordedBy: string, now: Date): Decision | null {
  return decision ? { ...decision, recordedBy, recordedAt: now.toISOString() } : null;
}

async function idsOf({ ports, scope }: Context, about: DecideInput['about'], { to }: GivenTerms): Promise<readonly string[]> {
  const known = await ports.recommendations.current(scope);
  const isList = (value: DecideInput['about']): value is readonly string[] => Array.isArray(value);
  const items = isList(about) ? allNamed(about, known) : matching(known, about, to);
  if (items.length === 0) {
    throw new AdvisorError(
      'INVALID_INPUT',
      'There is nothing to decide: no recommendation is named or matches.',
      'Name recommendations by their ids, or widen the filter.',
    );
  }
  return [...new Set(items.map(({ id }) => id))];
}

function termsOf(given: unknown): GivenTerms {
  const read = readDecision(given);
  if ('terms' in read) return read.terms;
  throw new AdvisorError(
    'INVALID_INPUT',
    `The decision cannot be kept: ${read.problems.slice(0, 10).join('; ')}.`,
    'Put these right and decide again.',
  );
}

function refusal(problems: readonly string[], of: number): AdvisorError {
  const shown = problems.slice(0, 5).join('; ');
  return new AdvisorError(
    'CONFLICT',
    `This cannot be decided of ${problems.length} of ${of}, so nothing was kept: ${shown}${problems.length > 5 ? '; …' : ''}.`,
    'Leave these out or decide what is legal for them.',
  );
}

/** The terms stay in the decisions; the audit says that there were some. */
async function note({ ports, scope }: Context, decisions: readonly Decision[]): Promise<void> {
  for (const { recommendationId, number, from, to, decider } of decisions) {
    const detail = { from, to, decider, number: String(number) };
    await ports.audit.record(scope, { action: 'recommendationDecided', subject: recommendationId, detail });
  }
}
