import type { ReopenedBecause } from '../advice/exemption.ts';
import { formatMoney, type Locale, type Localized } from '../kernel/locale.ts';
import { oneLine } from '../kernel/text.ts';
import { aboutOf } from '../operations/exemptions/note.ts';
import type { ExemptionList, ExemptionRow } from '../operations/list-exemptions.ts';
import { table } from './table.ts';

const WORDS = {
  en: {
    about: 'what',
    state: 'state',
    until: 'comes back on',
    bound: 'or above',
    owner: 'owner',
    reason: 'reason',
    approver: 'approved by',
    accepted: 'accepted a month',
    advice: 'advice',
    id: 'id',
    none: 'No cost is accepted: nothing is exempted.',
    live: 'holds',
    outgrown: 'cost grew past its bound',
    expired: 'expired',
    ended: 'ended',
    day: 'By the last turn of advice; looked at on',
    history: 'Who decided what',
    added: 'added',
    changed: 'changed',
    at: 'when',
    by: 'written down by',
    change: 'what happened',
  },
  ja: {
    about: '対象',
    state: '状態',
    until: '再表示日',
    bound: '上限 (月額)',
    owner: '責任者',
    reason: '理由',
    approver: '承認者',
    accepted: '許容コスト (月額)',
    advice: '件数',
    id: 'ID',
    none: '許容コスト (例外) の登録はありません。',
    live: '有効',
    outgrown: '上限超過',
    expired: '期限切れ',
    ended: '終了',
    day: '金額は直近の推奨事項による。基準日',
    history: '変更履歴',
    added: '登録',
    changed: '変更',
    at: '日時',
    by: '登録者',
    change: '内容',
  },
} as const;

/** Why advice came back from an exemption. */
export const REOPENED_WORDS: Readonly<Record<ReopenedBecause, Localized>> = {
  expired: { en: 'its day has come', ja: '期限到来' },
  ended: { en: 'it was ended', ja: '例外の終了' },
  outgrown: { en: 'the cost grew past its bound', ja: 'コストが上限を超過' },
  noLongerMatches: { en: 'it is no longer covered (its tag or account changed)', ja: '例外の対象外 (タグやアカウントの変更)' },
};

export function exemptionsText({ day, exemptions }: ExemptionList, locale: Locale, withHistory: boolean): string {
  const words = WORDS[locale];
  if (exemptions.length === 0) return words.none;
  const columns = [
    { title: words.about },
    { title: words.state },
    { title: words.until },
    { title: words.bound, align: 'right' as const },
    { title: words.advice, align: 'right' as const },
    { title: words.accepted, align: 'right' as const },
    { title: words.owner },
    { title: words.approver },
    { title: words.reason },
    { title: words.id },
  ];
  const rows = exemptions.map((row) => [
    aboutOf(row),
    row.isOutgrown ? words.outgrown : words[row.state],
    row.expiresOn,
    row.maximumMonthlyCost === null || row.currency === null ? '' : formatMoney(row.maximumMonthlyCost, row.currency, locale),
    String(row.recommendations),
    row.acceptedCost.map(({ currency, monthlyCost }) => formatMoney(monthlyCost, currency, locale)).join(', '),
    oneLine(row.owner, 40),
    oneLine(row.approver, 40),
    oneLine(row.reason, 60),
    row.id,
  ]);
  const history = withHistory ? [historyText(exemptions, locale)] : [];
  return [table(columns, rows), ...history, `${words.day} ${day}`].join('\n\n');
}

function historyText(exemptions: readonly ExemptionRow[], locale: Locale): string {
  const words = WORDS[locale];
  const titles = [words.at, words.about, words.change, words.until, words.owner, words.approver, words.reason, words.by];
  const rows = exemptions.flatMap((row) =>
    row.history.map((item) => [
      item.recordedAt.slice(0, 16),
      aboutOf(row),
      words[item.change],
      item.expiresOn,
      oneLine(item.owner, 40),
      oneLine(item.approver, 40),
      oneLine(item.endedBecause ?? item.reason, 60),
      oneLine(item.recordedBy, 40),
    ]),
  );
  return `${words.history}\n${table(
    titles.map((title) => ({ title })),
    rows,
  )}`;
}
