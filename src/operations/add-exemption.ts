import type { Catalogue } from '../advice/catalogue-entry.ts';
import type { Exemption, ExemptionTerms } from '../advice/exemption.ts';
import { findSubject, type NamedResource } from '../advice/find-subject.ts';
import { dayOf } from '../kernel/calendar.ts';
import { AdvisorError } from '../kernel/failure.ts';
import { oneLine } from '../kernel/text.ts';
import { dayToLook } from './advise.ts';
import type { Context } from './context.ts';
import { noteExemption, onlyCurrency } from './exemptions/note.ts';
import { decisionProblems, readTerms } from './exemptions/terms.ts';

export interface AddExemptionInput {
  /** As `exemptions/terms.ts` reads them; a resource may be named by the end of its id. */
  readonly terms: unknown;
  readonly catalogue: Catalogue;
}

/**
 * The organisation accepts a cost until a day. The same thing again is the next revision of its exemption. INVALID_INPUT names each problem;
 * NOT_FOUND for a resource or account that nobody has, and in the same words for another tenant's.
 */
export async function addExemption(context: Context, { terms: given, catalogue }: AddExemptionInput): Promise<Exemption> {
  const today = dayOf(context.now());
  const read = readTerms(given, await onlyCurrency(context));
  if ('problems' in read) throw refusal(read.problems);
  const rules = new Set(catalogue.map(({ detector }) => detector.id));
  const problems = decisionProblems(read.terms, today, rules);
  if (problems.length > 0) throw refusal(problems);
  const terms = await withWholeIds(context, read.terms);
  const [exemption] = await context.ports.exemptions.record(context.scope, { terms: [terms], decidedOn: today });
  if (!exemption) throw new Error('nothing was recorded');
  await noteExemption(context, 'exemptionAdded', exemption);
  return exemption;
}

async function withWholeIds(context: Context, terms: ExemptionTerms): Promise<ExemptionTerms> {
  const text = terms.resourceId ?? terms.accountId;
  if (text === null) return terms;
  const found = await find(context, terms, text);
  if (found.kind === 'candidates') throw ambiguous(found.candidates);
  if (terms.resourceId === null && found.kind === 'account') return terms;
  if (terms.resourceId !== null && found.kind === 'resource') {
    const { resourceId, accountId, regionId } = found.resource;
    return { ...terms, resourceId, accountId, regionId };
  }
  throw new AdvisorError(
    'NOT_FOUND',
    'Nothing is known of a resource or an account of this name.',
    'Look it up with "cost-pillar explain <id>"; "cost-pillar sync" reads what is new.',
  );
}

/** Over all currencies: what is exempted is a thing, not an amount. */
async function find(context: Context, { accountId, regionId }: ExemptionTerms, text: string) {
  const { scope, ports } = context;
  const asOf = await dayToLook(context);
  const advised = (await ports.recommendations.current(scope)).filter(
    (item): item is typeof item & NamedResource => item.resourceId !== null,
  );
  const { currencies } = await ports.ledgerReader.freshness(scope);
  const snapshots = [];
  for (const currency of currencies) snapshots.push(await ports.snapshots.snapshot(scope, { asOf, currency }));
  return findSubject(
    { text, accountId: accountId ?? undefined, regionId: regionId ?? undefined },
    {
      resources: snapshots.flatMap(({ resources }) => resources),
      accounts: snapshots.flatMap(({ accounts }) => accounts),
    },
    advised,
  );
}

function ambiguous(candidates: readonly NamedResource[]): AdvisorError {
  const shown = candidates
    .slice(0, 5)
    .map(({ resourceId, accountId, regionId }) => `${oneLine(resourceId, 120)} in ${accountId} ${regionId}`);
  return new AdvisorError(
    'INVALID_INPUT',
    `This is the name of ${candidates.length} resources: ${shown.join('; ')}${candidates.length > 5 ? '; …' : ''}.`,
    'Give the whole id of one of them, with its account and region.',
  );
}

function refusal(problems: readonly string[]): AdvisorError {
  return new AdvisorError(
    'INVALID_INPUT',
    `The exemption cannot be kept: ${problems.slice(0, 10).join('; ')}.`,
    'Put these right and add it again.',
  );
}
