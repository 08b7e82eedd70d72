import type { RecommendationRow } from '../advice/advice-document.ts';
import type { ExemptedBy } from '../advice/exemption.ts';
import { formatMoney, type Locale } from '../kernel/locale.ts';
import { oneLine } from '../kernel/text.ts';
import type { AnswerRow } from '../operations/explain/answer-rows.ts';
import type { Candidates, Explained } from '../operations/explain.ts';
import { REOPENED_WORDS } from './exemptions-text.ts';
import { EXPLAIN_WORDS, STATUS_WORDS } from './explain-words.ts';

type Told = Exclude<Explained, Candidates>;

const ORDER: readonly AnswerRow['kind'][] = ['finding', 'unknown', 'healthy', 'notApplicable'];

/** Each rule with its answer and the reason: advice first, then what could not be told, then what is in order. */
export function answersText(told: Told, locale: Locale): string {
  const words = EXPLAIN_WORDS[locale];
  const { answers, otherRules, pastRecommendations: past, currency } = told;
  const counted = words.counted.replace('{here}', String(answers.length)).replace('{others}', String(otherRules));
  const inOrder = ORDER.flatMap((kind) => answers.filter((answer) => answer.kind === kind));
  const said = inOrder.map((answer) =>
    [`${words[answer.kind]}: ${oneLine(answer.title, 100)}  [${answer.detectorId}]`, ...reasonsOf(answer, told, locale)].join(
      '\n    ',
    ),
  );
  const isOnBill = told.kind === 'account' || told.subject.bill !== null;
  return [
    `${words.rules} (${counted})`,
    ...(answers.length === 0 && isOnBill ? [words.noRule] : []),
    ...said,
    ...(past.length === 0 ? [] : [[`${words.past}:`, ...past.map((item) => pastText(item, currency, locale))].join('\n    ')]),
  ].join('\n\n');
}

function reasonsOf(answer: AnswerRow, told: Told, locale: Locale): readonly string[] {
  const words = EXPLAIN_WORDS[locale];
  const seen = answer.kind === 'healthy' ? answer.evidence.map(({ label, value }) => `${label}: ${value}`) : [];
  const reason = answer.notApplicable ? [answer.notApplicable.inWords] : [];
  const missing = answer.missing.flatMap(({ inWords, howToGet }) => [
    `${words.missing}: ${inWords}`,
    `${words.get}: ${howToGet}`,
  ]);
  return [
    ...findingText(answer, told.currency, locale),
    ...seen,
    ...reason,
    ...missing,
    ...standingText(answer, told, locale),
    ...keptUnder(answer, told, locale),
  ];
}

function findingText({ sentence, savings }: AnswerRow, currency: string, locale: Locale): readonly string[] {
  if (sentence === null || savings === null) return [];
  const words = EXPLAIN_WORDS[locale];
  const money = (amount: string): string => formatMoney(amount, currency, locale);
  const range = `${money(savings.low)} – ${money(savings.high)}`;
  return [sentence, `${words.saves}: ${money(savings.expected)} (${range}) ${words.cost}, ${words.alone}`];
}

/** What the last turn of advice made of it, and what people decided. */
function standingText({ kind, recommendation: item }: AnswerRow, { answers, currency }: Told, locale: Locale): readonly string[] {
  const words = EXPLAIN_WORDS[locale];
  if (item === null) return kind === 'finding' ? [words.noTurn] : [];
  if (kind !== 'finding') {
    return item.status === 'closed' ? [] : [`${words.was}: ${STATUS_WORDS[item.status][locale]}`];
  }
  const net = `${formatMoney(item.netMonthlySavings, currency, locale)} ${words.cost}, ${words.afterOverlap}`;
  if (item.status === 'exempted' && item.exemption) return exemptedText(item.exemption, currency, locale);
  const standing = `${STATUS_WORDS[item.status][locale]} (${words.since} ${item.firstSeen}): ${net}`;
  const better = answers.find(({ recommendation }) => recommendation?.id === item.supersededBy);
  const back = item.reopened
    ? [
        `${words.back}: ${REOPENED_WORDS[item.reopened.because][locale]} (${item.reopened.day}, ${oneLine(item.reopened.owner, 40)})`,
      ]
    : [];
  return item.supersededBy === null
    ? [standing, ...back]
    : [standing, `${words.superseded}: ${better?.title ?? item.supersededBy}`];
}

/** Advice for a group of accounts has the id of one of them: that is the one to exempt or to filter by. */
function keptUnder({ recommendation: item }: AnswerRow, { subject }: Told, locale: Locale): readonly string[] {
  if (item === null || item.accountId === subject.accountId) return [];
  return [`${EXPLAIN_WORDS[locale].keptUnder} ${item.accountId}`];
}

function exemptedText(by: ExemptedBy, currency: string, locale: Locale): readonly string[] {
  const words = EXPLAIN_WORDS[locale];
  const money = (amount: string): string => formatMoney(amount, currency, locale);
  const bound = by.maximumMonthlyCost === null ? '' : `, ${words.orAbove} ${money(by.maximumMonthlyCost)}`;
  return [
    `${STATUS_WORDS.exempted[locale]}: ${money(by.acceptedMonthlyCost)} ${words.cost}; ${words.comesBack} ${by.expiresOn}${bound}`,
    `${words.owner}: ${oneLine(by.owner, 60)}, ${words.approver}: ${oneLine(by.approver, 60)}, ${words.reason}: ${oneLine(by.reason, 120)}`,
  ];
}

function pastText(item: RecommendationRow, currency: string, locale: Locale): string {
  const money = formatMoney(item.savings.expected, currency, locale);
  return `${oneLine(item.title, 100)}: ${money}, ${item.firstSeen} – ${item.lastSeen}, ${STATUS_WORDS[item.status][locale]}`;
}
