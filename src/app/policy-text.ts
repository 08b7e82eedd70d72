import { missingInWords } from '../advice/missing-words.ts';
import type { PolicyProblem } from '../advice/policy/place.ts';
import { formatMoney, type Locale } from '../kernel/locale.ts';
import { oneLine, printable } from '../kernel/text.ts';
import type { PolicyDryRun } from '../operations/policy/dry-run.ts';
import { type PolicyTest, problemLine } from '../operations/policy/given-policy.ts';
import type { LoadedPolicy } from '../operations/policy/load-policy.ts';
import type { PolicyRecord } from '../operations/ports/policies.ts';
import { POLICY_WORDS } from './policy-words.ts';
import { table } from './table.ts';

const right = (title: string) => ({ title, align: 'right' as const });

/** The policies as they were written, each under a line that YAML takes for a comment. */
export function policyShown({ records, problems }: Pick<LoadedPolicy, 'records' | 'problems'>, locale: Locale): string {
  const words = POLICY_WORDS[locale];
  const parts = [records.integrator, records.tenant].flatMap((record) => (record ? [recordText(record, locale)] : []));
  const unusable = problems.map((problem) => `# ${words.layer[problem.layer]}, ${problemLine(problem)}`);
  if (parts.length === 0) return words.none;
  return [...(unusable.length > 0 ? [[`# ${words.unusable}`, ...unusable].join('\n')] : []), ...parts].join('\n\n');
}

export function recordText(record: PolicyRecord, locale: Locale): string {
  const words = POLICY_WORDS[locale];
  const { layer, version, recordedAt, recordedBy, reason, text } = record;
  const heading = `# ${words.version} ${version}, ${words.layer[layer]}: ${recordedAt}, ${oneLine(recordedBy, 80)}, ${oneLine(reason, 200)}`;
  return `${heading}\n${printable(text).trimEnd()}`;
}

export function problemsText(problems: readonly PolicyProblem[], locale: Locale): string {
  const words = POLICY_WORDS[locale];
  return problems.length === 0 ? words.valid : [words.invalid, ...problems.map(problemLine)].join('\n');
}

export function examplesText(tested: PolicyTest, locale: Locale): string {
  const words = POLICY_WORDS[locale];
  if (!tested.valid) return problemsText(tested.problems, locale);
  if (tested.examples.length + tested.untested.length === 0) return words.noRules;
  const rows = tested.examples.map((result) => [
    oneLine(result.ruleId, 50),
    oneLine(result.example, 60),
    result.passed ? words.passed : words.failed,
    answerText(result.found, result.foundSavingsShare, result.missing, locale),
    result.passed ? '' : answerText(result.expected, result.expectedSavingsShare, [], locale),
  ]);
  const titles = [words.rule, words.example, words.result, words.gives, words.expected].map((title) => ({ title }));
  const untested = tested.untested.length === 0 ? [] : [`${words.untested}: ${tested.untested.join(', ')}`];
  return [...(rows.length === 0 ? [] : [table(titles, rows)]), ...untested].join('\n\n');
}

function answerText(kind: string, share: number | null, missing: readonly string[], locale: Locale): string {
  const more = [...(share === null ? [] : [String(share)]), ...missing.map((because) => missingInWords(because, locale))];
  return oneLine([kind, ...more].join(', '), 100);
}

export function appliedText(record: PolicyRecord, locale: Locale): string {
  const words = POLICY_WORDS[locale];
  return `${words.layer[record.layer]}: ${words.kept} ${record.version}\n\n${words.next}`;
}

export function historyText(records: readonly PolicyRecord[], locale: Locale): string {
  const words = POLICY_WORDS[locale];
  if (records.length === 0) return words.empty;
  const columns = [
    right(words.version),
    { title: words.holds },
    { title: words.when },
    { title: words.who },
    { title: words.why },
  ];
  return table(
    columns,
    records.map(({ version, layer, recordedAt, recordedBy, reason }) => [
      String(version),
      words.layer[layer],
      recordedAt,
      oneLine(recordedBy, 40),
      oneLine(reason, 80),
    ]),
  );
}

/** What a policy would hide, show and change, in number and money; the largest of each first. */
export function dryRunText(run: PolicyDryRun, locale: Locale, most: number): string {
  const words = POLICY_WORDS[locale];
  const lists = [hiddenText(run, locale, most), movedText(run, 'shown', locale, most), movedText(run, 'changed', locale, most)];
  const parts = lists.filter((part) => part !== '');
  return [
    `${words.compared} ${run.asOf}; ${words.month}`,
    sumsText(run, locale),
    ...(parts.length === 0 ? [words.same] : parts),
    words.apply,
  ].join('\n\n');
}

function sumsText(run: PolicyDryRun, locale: Locale): string {
  const words = POLICY_WORDS[locale];
  const money = (amount: string): string => formatMoney(amount, run.currency, locale);
  const row = (name: string, { before, after }: Pick<PolicyDryRun, 'before' | 'after'>): string[] => [
    oneLine(name, 50),
    `${before.count} → ${after.count}`,
    `${money(before.gross)} → ${money(after.gross)}`,
    `${money(before.net)} → ${money(after.net)}`,
  ];
  const columns = [{ title: words.rule }, right(words.count), right(words.gross), right(words.net)];
  return table(columns, [row(words.all, run), ...run.byDetector.map((item) => row(item.detectorId, item))]);
}

function hiddenText(run: PolicyDryRun, locale: Locale, most: number): string {
  if (run.hidden.length === 0) return '';
  const words = POLICY_WORDS[locale];
  const rows = run.hidden
    .slice(0, most)
    .map((item) => [
      ...placeOf(item),
      words.because[item.because],
      formatMoney(item.before?.netMonthlySavings ?? '0', run.currency, locale),
    ]);
  const columns = [
    { title: words.rule },
    { title: words.account },
    { title: words.resource },
    { title: words.reason },
    right(words.net),
  ];
  return `${words.hidden}: ${run.hidden.length}\n${table(columns, rows)}`;
}

function movedText(run: PolicyDryRun, list: 'shown' | 'changed', locale: Locale, most: number): string {
  if (run[list].length === 0) return '';
  const words = POLICY_WORDS[locale];
  const money = (figures: { readonly netMonthlySavings: string } | null): string =>
    figures ? formatMoney(figures.netMonthlySavings, run.currency, locale) : '–';
  const rows = run[list].slice(0, most).map((item) => [...placeOf(item), `${money(item.before)} → ${money(item.after)}`]);
  const columns = [{ title: words.rule }, { title: words.account }, { title: words.resource }, right(words.net)];
  return `${words[list]}: ${run[list].length}\n${table(columns, rows)}`;
}

function placeOf({ detectorId, accountId, resourceId }: PolicyDryRun['shown'][number]): string[] {
  return [oneLine(detectorId, 50), oneLine(accountId, 40), oneLine(resourceId ?? '–', 60)];
}
