import { formatMoney, type Locale } from '../kernel/locale.ts';
import { rounded, sumExact } from '../kernel/money.ts';
import { oneLine } from '../kernel/text.ts';
import type { ImportedPlan } from '../operations/import-plan.ts';
import type { PlanVersion } from '../operations/ports/plans.ts';
import type { ShownPlan } from '../operations/show-plan.ts';
import { table } from './table.ts';

const WORDS = {
  en: {
    imported: ({ version, waves, workloads, lines }: ImportedPlan) =>
      `version ${version}, ${waves} waves, ${workloads} workloads, ${lines} lines.`,
    same: (version: number) => `the same as version ${version}, which stands.`,
    version: (version: number, when: string, who: string) => `version ${version}, imported on ${when} by ${who}`,
    reason: 'Reason',
    workloads: ['wave', 'cut-over', 'workload', 'owner'],
    expected: 'expected a month',
    overlaps: 'Named by several workloads; the first in the list has it:',
    has: (winner: string, losers: string) => `${winner} has it, not ${losers}`,
    kinds: { account: 'account', tag: 'tag', resource: 'resource' },
    noOverlaps: 'Nothing is named by two workloads.',
    noMonth: 'No month has closed yet, so nothing is said of cost without a workload.',
    unassigned: (month: string) => `Cost of ${month} that no workload has (running cost):`,
    allAssigned: (month: string) => `All cost of ${month} belongs to a workload.`,
    noAccount: 'no account',
    unknown: 'not known',
    together: 'together',
    further: (count: number) => `${count} further accounts (--json names them)`,
    without: 'Workloads without cost:',
    because: {
      namesNothing: 'names no account, tag or resource',
      beforeCutOver: 'moves after that month',
      noCost: 'the accounts that it names cost nothing, or an earlier workload has them',
      noResourceCost:
        'no cost is told by resource for what it names: Cost Explorer tells none, a Cost and Usage Report does (or an earlier workload has it)',
    },
    history: ['version', 'when', 'who', 'name'],
    why: 'reason',
    noHistory: 'There is no migration plan yet. Next: npx --no-install cost-pillar plan template -o plan.csv',
  },
  ja: {
    imported: ({ version, waves, workloads, lines }: ImportedPlan) =>
      `バージョン${version}として保存しました（ウェーブ${waves}、ワークロード${workloads}、明細${lines}）。`,
    same: (version: number) => `バージョン${version}と同じ内容のため、新しいバージョンは作成していません。`,
    version: (version: number, when: string, who: string) => `バージョン${version}（${when}、${who}が取り込み）`,
    reason: '変更理由',
    workloads: ['ウェーブ', '切替日', 'ワークロード', '担当'],
    expected: '月額見込',
    overlaps: '複数のワークロードが指定しているもの（一覧で先のワークロードに計上）:',
    has: (winner: string, losers: string) => `${winner}に計上（${losers}には計上なし）`,
    kinds: { account: 'アカウント', tag: 'タグ', resource: 'リソース' },
    noOverlaps: '複数のワークロードで重複する指定はありません。',
    noMonth: '確定した月がまだないため、未分類コストは表示できません。',
    unassigned: (month: string) => `${month}の未分類コスト（どのワークロードにも属さないコスト、runningCost）:`,
    allAssigned: (month: string) => `${month}のコストはすべていずれかのワークロードに属しています。`,
    noAccount: 'アカウントなし',
    unknown: '不明',
    together: '合計',
    further: (count: number) => `ほか${count}アカウント（--jsonですべて表示）`,
    without: 'コストのないワークロード:',
    because: {
      namesNothing: 'アカウント・タグ・リソースの指定がありません',
      beforeCutOver: '切替日がこの月より後です',
      noCost: '指定したアカウントにコストがないか、一覧で先のワークロードに計上されています',
      noResourceCost:
        '指定したリソース・タグのコストがリソース単位で得られていません。Cost Explorerでは得られず、CURの取り込みが必要です（一覧で先のワークロードに計上されている場合もあります）',
    },
    history: ['バージョン', '日時', '実施者', '計画名'],
    why: '変更理由',
    noHistory: '移行計画はまだありません。次の手順: npx --no-install cost-pillar plan template -o plan.csv',
  },
} as const;

const MOST_ACCOUNTS = 20;

export function importedPlanText(plan: ImportedPlan, locale: Locale): string {
  const words = WORDS[locale];
  return `${oneLine(plan.name, 200)}: ${plan.isNew ? words.imported(plan) : words.same(plan.version)}`;
}

export function shownPlanText(shown: ShownPlan, locale: Locale): string {
  const words = WORDS[locale];
  const { plan, coverage } = shown;
  const rows = plan.waves.flatMap((wave) =>
    wave.workloads.map(({ name, owner, lines }) => [
      oneLine(wave.name, 30),
      wave.cutOver,
      oneLine(name, 40),
      oneLine(owner ?? '', 30),
      formatMoney(
        rounded(sumExact(lines.filter(({ kind }) => kind === 'aws').map((line) => line.expectedMonthlyCost))),
        plan.currency,
        locale,
      ),
    ]),
  );
  return [
    `${oneLine(plan.name, 200)}: ${words.version(shown.version, minuteOf(shown.savedAt), oneLine(shown.savedBy, 80))}`,
    ...(shown.reason === null ? [] : [`${words.reason}: ${oneLine(shown.reason, 1000)}`]),
    table([...words.workloads.map((title) => ({ title })), { title: words.expected, align: 'right' }], rows),
    overlapsText(coverage, locale),
    unassignedText(coverage, locale),
    ...withoutText(coverage, locale),
  ].join('\n\n');
}

function overlapsText({ overlaps }: ShownPlan['coverage'], locale: Locale): string {
  const words = WORDS[locale];
  if (overlaps.length === 0) return words.noOverlaps;
  const lines = overlaps.map(({ kind, value, winner, losers }) => {
    const others = losers.map((loser) => oneLine(loser, 60)).join(', ');
    return `- ${words.kinds[kind]} ${oneLine(value, 120)}: ${words.has(oneLine(winner, 60), others)}`;
  });
  return [words.overlaps, ...lines].join('\n');
}

function unassignedText({ month, unassigned }: ShownPlan['coverage'], locale: Locale): string {
  const words = WORDS[locale];
  if (month === null) return words.noMonth;
  if (unassigned.length === 0) return words.allAssigned(month);
  const blocks = unassigned.flatMap(({ currency, runningCost, accounts }) => {
    const money = (amount: string | null): string =>
      amount === null ? words.unknown : formatMoney(rounded(amount), currency, locale);
    const lines = accounts
      .slice(0, MOST_ACCOUNTS)
      .map((account) => `- ${account.accountId ?? words.noAccount}: ${money(account.runningCost)}`);
    const more = accounts.length > MOST_ACCOUNTS ? [words.further(accounts.length - MOST_ACCOUNTS)] : [];
    return [...lines, ...more, `${words.together}: ${money(runningCost)}`];
  });
  return [words.unassigned(month), ...blocks].join('\n');
}

function withoutText({ withoutCost }: ShownPlan['coverage'], locale: Locale): readonly string[] {
  const words = WORDS[locale];
  if (withoutCost.length === 0) return [];
  const lines = withoutCost.map(
    ({ workload, wave, because }) => `- ${oneLine(workload, 60)} (${oneLine(wave, 30)}): ${words.because[because]}`,
  );
  return [[words.without, ...lines].join('\n')];
}

export function planHistoryText(versions: readonly PlanVersion[], locale: Locale): string {
  const words = WORDS[locale];
  if (versions.length === 0) return words.noHistory;
  const rows = versions.map(({ version, savedAt, savedBy, name, reason }) => [
    String(version),
    minuteOf(savedAt),
    oneLine(savedBy, 40),
    oneLine(name, 60),
    oneLine(reason ?? '', 200),
  ]);
  return table([...words.history.map((title) => ({ title })), { title: words.why }], rows);
}

/** "2026-11-29 03:07 UTC". */
function minuteOf(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')} UTC`;
}
