import type { AdviceDocument, RecommendationRow } from '../advice/advice-document.ts';
import { formatMoney, type Locale, printedSteps } from '../kernel/locale.ts';
import { exact, plain, sumExact } from '../kernel/money.ts';
import { oneLine } from '../kernel/text.ts';
import { REOPENED_WORDS } from './exemptions-text.ts';
import { table } from './table.ts';

const WORDS = {
  en: {
    accepted: 'Accepted cost, in none of the figures above',
    what: 'what is not done',
    advice: 'what to do',
    account: 'account',
    resource: 'resource',
    money: 'a month',
    until: 'comes back on',
    owner: 'owner',
    reason: 'reason',
    total: 'Together',
    more: 'Further advice:',
    back: 'Back from an exemption, and among the advice above',
    because: 'because',
    since: 'since',
    cost: 'costs a month',
    bound: 'accepted up to',
  },
  ja: {
    accepted: '許容コスト (例外として承認済み。上記の金額には含まれません)',
    what: '実施しない推奨事項',
    advice: '推奨事項',
    account: 'アカウント',
    resource: 'リソース',
    money: '月額',
    until: '再表示日',
    owner: '責任者',
    reason: '理由',
    total: '合計',
    more: 'その他 (件):',
    back: '例外から戻った推奨事項 (上記に含まれます)',
    because: '理由',
    since: '再表示日',
    cost: '現在の月額',
    bound: '許容上限',
  },
} as const;

/** What the organisation decided to live with, the dearest of it with who answers for it; and what came back. Empty where there is neither. */
export function acceptedCostText(advice: AdviceDocument, locale: Locale, most: number): string {
  return [acceptedText(advice, locale, most), reopenedText(advice, locale)].filter((part) => part !== '').join('\n\n');
}

function acceptedText({ recommendations, totals, currency }: AdviceDocument, locale: Locale, most: number): string {
  const words = WORDS[locale];
  const money = (amount: string): string => formatMoney(amount, currency, locale);
  const exempted = recommendations
    .flatMap((item) => (item.status === 'exempted' && item.exemption ? [{ item, by: item.exemption }] : []))
    .sort((a, b) => exact(b.by.acceptedMonthlyCost).cmp(a.by.acceptedMonthlyCost) || (a.item.id < b.item.id ? -1 : 1));
  const rest = exempted.slice(most);
  const amounts = exempted.slice(0, most).map(({ by }) => by.acceptedMonthlyCost);
  const printed = printedSteps('0', [...amounts, plain(sumExact(rest.map(({ by }) => by.acceptedMonthlyCost)))], currency);
  const rows = exempted
    .slice(0, most)
    .map(({ item, by }, index) => [
      ...placeOf(item),
      money(printed.amounts[index] ?? '0'),
      by.expiresOn,
      oneLine(by.owner, 30),
      oneLine(by.reason, 50),
    ]);
  if (rows.length === 0) return '';
  if (rest.length > 0) rows.push([`${words.more} ${rest.length}`, '', '', money(printed.amounts.at(-1) ?? '0')]);
  const columns = [
    { title: words.what },
    { title: words.account },
    { title: words.resource },
    { title: words.money, align: 'right' as const },
    { title: words.until },
    { title: words.owner },
    { title: words.reason },
  ];
  return `${words.accepted}\n${table(columns, [...rows, [words.total, '', '', money(totals.acceptedCost)]])}`;
}

function reopenedText({ recommendations, currency }: AdviceDocument, locale: Locale): string {
  const words = WORDS[locale];
  const money = (amount: string): string => formatMoney(amount, currency, locale);
  const rows = recommendations.flatMap((item) => {
    if (item.reopened === null) return [];
    const { because, day, owner, monthlyCost, maximumMonthlyCost: bound } = item.reopened;
    return [
      [
        ...placeOf(item),
        REOPENED_WORDS[because][locale],
        day,
        money(monthlyCost),
        bound === null ? '' : money(bound),
        oneLine(owner, 30),
      ],
    ];
  });
  if (rows.length === 0) return '';
  const columns = [
    { title: words.advice },
    { title: words.account },
    { title: words.resource },
    { title: words.because },
    { title: words.since },
    { title: words.cost, align: 'right' as const },
    { title: words.bound, align: 'right' as const },
    { title: words.owner },
  ];
  return `${words.back}\n${table(columns, rows)}`;
}

function placeOf({ title, accountId, resourceId }: RecommendationRow): readonly string[] {
  return [oneLine(title, 60), oneLine(accountId, 20), shortId(resourceId ?? '–')];
}

const ID_WIDTH = 44;

/** Ids whole where they fit; a long one keeps its ends, since the name stands last in an ARN. */
export function shortId(id: string): string {
  const text = oneLine(id);
  return text.length <= ID_WIDTH ? text : `${text.slice(0, 12)}…${text.slice(-(ID_WIDTH - 13))}`;
}
