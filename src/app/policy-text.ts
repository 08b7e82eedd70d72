import { missingInWords } from '../advice/missing-words.ts';
import type { PolicyProblem } from '../advice/policy/place.ts';
import { formatMoney, type Locale } from '../kernel/locale.ts';
import { oneLine, printable } from '../kernel/text.ts';
import type { PolicyDryRun } from '../operations/policy/dry-run.ts';
import { type PolicyTest, problemLine } from '../operations/policy/given-policy.ts';
import type { LoadedPolicy } from '../operations/policy/load-policy.ts';
import type { PolicyRecord } from '../operations/ports/policies.ts';
import { table } from './table.ts';

const WORDS = {
  en: {
    none: 'There is no policy yet: every rule runs on its defaults. docs/policy-example.yaml shows what one can say.',
    layer: { integrator: 'for all tenants', tenant: 'of this tenant' },
    version: 'version',
    unusable: 'Not used, since it no longer fits:',
    passed: 'as expected',
    failed: 'NOT as expected',
    example: 'example',
    result: 'result',
    gives: 'gives',
    expected: 'expected',
    untested: 'Own rules without an example',
    noRules: 'The policy has no rules of its own.',
    valid: 'The policy can be used.',
    invalid: 'The policy cannot be used:',
    kept: 'kept as version',
    next: 'Next: npx --no-install cost-pillar advise',
    when: 'when',
    who: 'who',
    why: 'why',
    holds: 'for',
    empty: 'No policy was kept yet.',
    compared: 'If it held, seen on',
    month: 'a month of 730 h, running cost',
    rule: 'rule',
    before: 'now',
    after: 'then',
    all: 'all',
    gross: 'alone',
    net: 'after overlap',
    count: 'count',
    hidden: 'No longer shown',
    shown: 'Shown in addition',
    changed: 'Shown with another saving',
    same: 'Nothing would change.',
    because: { switchedOff: 'switched off', belowMinimumSaving: 'saves too little', otherSettings: 'other settings' },
    resource: 'resource',
    account: 'account',
    reason: 'reason',
    apply: 'Apply it: npx --no-install cost-pillar policy apply <file> --reason "…"',
  },
  ja: {
    none: 'ポリシーはまだありません（すべてのルールが既定値で動作します）。記述例はdocs/policy-example.yamlを参照してください。',
    layer: { integrator: '全テナント共通', tenant: 'このテナント' },
    version: 'バージョン',
    unusable: '現在のルールに合わないため使用していない箇所:',
    passed: '期待どおり',
    failed: '期待と不一致',
    example: '例',
    result: '結果',
    gives: '実際',
    expected: '期待',
    untested: '例のない自社ルール',
    noRules: 'このポリシーに自社ルールはありません。',
    valid: 'このポリシーは使用できます。',
    invalid: 'このポリシーは使用できません:',
    kept: '保存しました。バージョン',
    next: '次の手順: npx --no-install cost-pillar advise',
    when: '日時',
    who: '実施者',
    why: '理由',
    holds: '対象',
    empty: '保存されたポリシーはまだありません。',
    compared: '適用した場合の比較、基準日',
    month: '月額 (730時間換算)、runningCost',
    rule: 'ルール',
    before: '現在',
    after: '適用後',
    all: '合計',
    gross: '単独',
    net: '重複控除後',
    count: '件数',
    hidden: '表示されなくなるもの',
    shown: '新たに表示されるもの',
    changed: '削減額が変わるもの',
    same: '変更はありません。',
    because: { switchedOff: '無効化', belowMinimumSaving: '最低削減額未満', otherSettings: '設定の変更' },
    resource: 'リソース',
    account: 'アカウント',
    reason: '理由',
    apply: '適用: npx --no-install cost-pillar policy apply <file> --reason "…"',
  },
} as const;

const right = (title: string) => ({ title, align: 'right' as const });

/** The policies as they were written, each under a line that YAML takes for a comment. */
export function policyShown({ records, problems }: Pick<LoadedPolicy, 'records' | 'problems'>, locale: Locale): string {
  const words = WORDS[locale];
  const parts = [records.integrator, records.tenant].flatMap((record) => (record ? [recordText(record, locale)] : []));
  const unusable = problems.map((problem) => `# ${words.layer[problem.layer]}, ${problemLine(problem)}`);
  if (parts.length === 0) return words.none;
  return [...(unusable.length > 0 ? [[`# ${words.unusable}`, ...unusable].join('\n')] : []), ...parts].join('\n\n');
}

export function recordText(record: PolicyRecord, locale: Locale): string {
  const words = WORDS[locale];
  const { layer, version, recordedAt, recordedBy, reason, text } = record;
  const heading = `# ${words.version} ${version}, ${words.layer[layer]}: ${recordedAt}, ${oneLine(recordedBy, 80)}, ${oneLine(reason, 200)}`;
  return `${heading}\n${printable(text).trimEnd()}`;
}

export function problemsText(problems: readonly PolicyProblem[], locale: Locale): string {
  const words = WORDS[locale];
  return problems.length === 0 ? words.valid : [words.invalid, ...problems.map(problemLine)].join('\n');
}

export function examplesText(tested: PolicyTest, locale: Locale): string {
  const words = WORDS[locale];
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
  const words = WORDS[locale];
  return `${words.layer[record.layer]}: ${words.kept} ${record.version}\n\n${words.next}`;
}

export function historyText(records: readonly PolicyRecord[], locale: Locale): string {
  const words = WORDS[locale];
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
  const words = WORDS[locale];
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
  const words = WORDS[locale];
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
  const words = WORDS[locale];
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
  const words = WORDS[locale];
  const money = (figures: { readonly netMonthlySavings: string } | null): string =>
    figures ? formatMoney(figures.netMonthlySavings, run.currency, locale) : '–';
  const rows = run[list].slice(0, most).map((item) => [...placeOf(item), `${money(item.before)} → ${money(item.after)}`]);
  const columns = [{ title: words.rule }, { title: words.account }, { title: words.resource }, right(words.net)];
  return `${words[list]}: ${run[list].length}\n${table(columns, rows)}`;
}

function placeOf({ detectorId, accountId, resourceId }: PolicyDryRun['shown'][number]): string[] {
  return [oneLine(detectorId, 50), oneLine(accountId, 40), oneLine(resourceId ?? '–', 60)];
}
