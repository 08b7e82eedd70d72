import { type RecommendationRow, recommendationRow } from '../../advice/advice-document.ts';
import type { Answer } from '../../advice/answers.ts';
import type { CatalogueEntry } from '../../advice/catalogue-entry.ts';
import type { Evidence, SavingsRange } from '../../advice/detector.ts';
import { type EvidenceInWords, evidenceInWords } from '../../advice/evidence-words.ts';
import { fillMessage } from '../../advice/message.ts';
import { missingRemedy } from '../../advice/missing-remedies.ts';
import { missingInWords } from '../../advice/missing-words.ts';
import { notApplicableInWords } from '../../advice/not-applicable-words.ts';
import type { Recommendation } from '../../advice/recommendation.ts';
import type { Locale } from '../../kernel/locale.ts';

/** What one rule says, in the reader's language. */
export interface AnswerRow {
  readonly detectorId: string;
  readonly title: string;
  readonly kind: Answer['outcome']['kind'];
  /** A finding: what we saw and what it costs. */
  readonly sentence: string | null;
  /** Of a finding, as if nothing else were done. */
  readonly savings: SavingsRange | null;
  /** What was looked at: the evidence of a finding; of what is in order where the rule says it. */
  readonly evidence: readonly EvidenceInWords[];
  /** Why the rule is not for it. */
  readonly notApplicable: { readonly because: string; readonly inWords: string } | null;
  /** What is not known, and how to get it. */
  readonly missing: readonly { readonly because: string; readonly inWords: string; readonly howToGet: string }[];
  /** What the last turn of advice made of it, with what people decided; null: no turn has found it. */
  readonly recommendation: RecommendationRow | null;
}

export interface Reader {
  readonly locale: Locale;
  readonly currency: string;
  readonly entries: ReadonlyMap<string, CatalogueEntry>;
}

/** Each answer with the recommendation of the last turn, and the recommendations that no rule of today answers for. */
export function answerRows(
  answers: readonly Answer[],
  last: readonly Recommendation[],
  reader: Reader,
): { readonly answers: readonly AnswerRow[]; readonly pastRecommendations: readonly RecommendationRow[] } {
  const byId = new Map(last.map((item) => [item.id, item]));
  const answered = new Set(answers.map(({ id }) => id));
  const rowOf = (item: Recommendation): RecommendationRow =>
    recommendationRow(item, reader.entries.get(item.detectorId), reader.locale);
  return {
    answers: answers.map((answer) => {
      const known = byId.get(answer.id);
      return { ...inWords(answer, reader), recommendation: known ? rowOf(known) : null };
    }),
    pastRecommendations: last.filter(({ id }) => !answered.has(id)).map(rowOf),
  };
}

function inWords({ detector, outcome }: Answer, { locale, currency, entries }: Reader): Omit<AnswerRow, 'recommendation'> {
  const prose = entries.get(detector.id)?.prose;
  const found = outcome.kind === 'finding' ? outcome : null;
  return {
    detectorId: detector.id,
    // Without a finding there is nothing to fill it with.
    title:
      prose && found ? fillMessage(prose.title[locale], found.evidence, currency, locale) : (prose?.title[locale] ?? detector.id),
    kind: outcome.kind,
    sentence: prose && found ? fillMessage(prose.sentence[locale], found.evidence, currency, locale) : null,
    savings: found?.savings ?? null,
    evidence: evidenceInWords(seenBy(outcome), currency, locale),
    notApplicable:
      outcome.kind === 'notApplicable'
        ? { because: outcome.because, inWords: notApplicableInWords(outcome.because, locale) }
        : null,
    missing: outcome.kind === 'unknown' ? missingOf(outcome.missing, locale) : [],
  };
}

function seenBy(outcome: Answer['outcome']): Evidence {
  if (outcome.kind === 'finding') return outcome.evidence;
  return outcome.kind === 'healthy' ? (outcome.measured ?? {}) : {};
}

function missingOf(missing: readonly string[], locale: Locale): AnswerRow['missing'] {
  return [...new Set(missing)].map((because) => ({
    because,
    inWords: missingInWords(because, locale),
    howToGet: missingRemedy(because, locale),
  }));
}
