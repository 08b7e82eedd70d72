import type { Catalogue } from '../advice/catalogue-entry.ts';
import type { Exemption, ExemptionScope, ExemptionTerms } from '../advice/exemption.ts';
import { dayOf } from '../kernel/calendar.ts';
import { AdvisorError } from '../kernel/failure.ts';
import { oneLine } from '../kernel/text.ts';
import type { Context } from './context.ts';
import { noteExemption, onlyCurrency } from './exemptions/note.ts';
import { decisionProblems, readTerms } from './exemptions/terms.ts';

export interface ImportedExemptions {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly exemptions: readonly Exemption[];
}

const SHOWN_PROBLEMS = 10;

/**
 * A list as people keep it: all of it or nothing. What stands like that already is left alone, also where its day has passed since; ids are taken
 * as written, since a list may name what is gone or still to come. INVALID_INPUT names each problem with its place in the list.
 */
export async function importExemptions(
  context: Context,
  input: { readonly rows: readonly unknown[]; readonly name: string; readonly catalogue: Catalogue },
): Promise<ImportedExemptions> {
  const { scope, ports, now } = context;
  const today = dayOf(now());
  const before = await ports.exemptions.current(scope);
  const known = new Map(before.filter(({ change }) => change !== 'ended').map((item) => [scopeKey(item), item]));
  const rules = new Set(input.catalogue.map(({ detector }) => detector.id));
  const currency = await onlyCurrency(context);
  const seen = new Map<string, number>();
  const problems: string[] = [];
  const fresh: ExemptionTerms[] = [];
  for (const [index, row] of input.rows.entries()) {
    const read = readTerms(row, currency);
    const found = 'problems' in read ? read.problems : problemsOf(read.terms, index);
    problems.push(...found.map((problem) => `${index + 1}: ${problem}`));
    if ('terms' in read && !isKnown(read.terms)) fresh.push(read.terms);
  }
  if (problems.length > 0) throw refusal(input.name, problems);
  const recorded = await ports.exemptions.record(scope, { terms: fresh, decidedOn: today });
  for (const exemption of recorded) await noteExemption(context, 'exemptionAdded', exemption);
  const added = recorded.filter(({ change }) => change === 'added').length;
  return {
    added,
    changed: recorded.length - added,
    unchanged: input.rows.length - recorded.length,
    exemptions: recorded,
  };

  function isKnown(terms: ExemptionTerms): boolean {
    const same = known.get(scopeKey(terms));
    return same !== undefined && termsKey(same) === termsKey(terms);
  }

  function problemsOf(terms: ExemptionTerms, index: number): readonly string[] {
    const key = scopeKey(terms);
    const first = seen.get(key);
    seen.set(key, first ?? index);
    if (first !== undefined) return [`the same as ${first + 1}`];
    return isKnown(terms) ? [] : decisionProblems(terms, today, rules);
  }
}

function scopeKey({ detectorId, resourceId, accountId, regionId, tagKey, tagValue }: ExemptionScope): string {
  return JSON.stringify([detectorId, resourceId, accountId, regionId, tagKey, tagValue]);
}

function termsKey({ owner, reason, approver, expiresOn, maximumMonthlyCost, currency }: ExemptionTerms): string {
  return JSON.stringify([owner, reason, approver, expiresOn, maximumMonthlyCost, currency]);
}

function refusal(name: string, problems: readonly string[]): AdvisorError {
  const more = problems.length > SHOWN_PROBLEMS ? `; and ${problems.length - SHOWN_PROBLEMS} more` : '';
  return new AdvisorError(
    'INVALID_INPUT',
    `${oneLine(name, 200)} cannot be used, by number of the exemption: ${problems.slice(0, SHOWN_PROBLEMS).join('; ')}${more}.`,
    'Put these right and import it again; nothing of it was kept.',
  );
}
