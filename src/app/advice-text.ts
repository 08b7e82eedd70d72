import type { AdviceDocument } from '../advice/advice-document.ts';
import { missingInWords } from '../advice/missing-words.ts';
import { formatMoney, type Locale, printedSteps } from '../kernel/locale.ts';
import { oneLine } from '../kernel/text.ts';
import { acceptedCostText, shortId } from './accepted-cost-text.ts';
import { decisionsText } from './decisions-text.ts';
import { table } from './table.ts';
import { waterfallText } from './waterfall-text.ts';

const WORDS = {
  en: {
    gross: 'Savings found',
    overlap: 'counted twice, taken off',
    net: 'what the bill would lose',
    month: 'a month of 730 h, running cost (net amortised; without tax, credits, refunds and support)',
    seen: 'Seen on',
    data: 'figures until',
    best: 'The best',
    title: 'what to do',
    where: 'account',
    thing: 'resource',
    money: 'a month',
    range: 'alone, from – to',
    sure: 'sure',
    effort: 'effort',
    notJudged: 'could not be judged',
    detector: 'rule',
    because: 'what was missing',
    count: 'times',
    below: 'Found and not shown, since they save less than your minimum',
    none: 'Nothing to recommend among what could be judged.',
  },
  ja: {
    gross: '削減見込額 (総額)',
    overlap: '重複分 (控除)',
    net: '削減見込額 (純額)',
    month: '月額 (730時間換算)、runningCost: 償却後純額。税・クレジット・返金・サポートを除く',
    seen: '基準日',
    data: 'データ最終日',
    best: '上位',
    title: '推奨事項',
    where: 'アカウント',
    thing: 'リソース',
    money: '月額',
    range: '単独実施時の幅',
    sure: '確度',
    effort: '工数',
    notJudged: '判定不可',
    detector: 'ルール',
    because: '理由',
    count: '件数',
    below: '最低削減額に満たないため表示していないもの',
    none: '判定できた範囲では、推奨事項はありません。',
  },
} as const;

/** Advice for a terminal: totals first, then the best of it, then what nobody could tell. */
export function adviceText(advice: AdviceDocument, locale: Locale, most: number): string {
  const words = WORDS[locale];
  const money = (amount: string): string => formatMoney(amount, advice.currency, locale);
  const { gross, overlap, net } = advice.totals;
  const printed = printedSteps(net, [overlap], advice.currency);
  const totals = [
    [words.gross, money(gross)],
    [words.overlap, money(printed.amounts[0] ?? '0')],
    [words.net, money(net)],
  ];
  const wanted = advice.recommendations.filter(
    (item) => item.supersededBy === null && ['open', 'accepted'].includes(item.status),
  );
  const rows = wanted
    .slice(0, most)
    .map((item, i) => [
      String(i + 1),
      oneLine(item.title, 60),
      item.accountId,
      shortId(item.resourceId ?? '–'),
      money(item.netMonthlySavings),
      `${money(item.savings.low)} – ${money(item.savings.high)}`,
      `${Math.round(item.confidence * 100)} %`,
      item.effort,
    ]);
  const columns = [
    { title: '#', align: 'right' as const },
    { title: words.title },
    { title: words.where },
    { title: words.thing },
    { title: words.money, align: 'right' as const },
    { title: words.range, align: 'right' as const },
    { title: words.sure, align: 'right' as const },
    { title: words.effort },
  ];
  return [
    `${words.seen} ${advice.asOf}, ${words.data} ${advice.dataAsOf ?? '–'}; ${words.month}`,
    table([{ title: '' }, { title: '', align: 'right' }], totals)
      .split('\n')
      .slice(2)
      .join('\n'),
    waterfallText(advice, locale),
    rows.length === 0 ? words.none : `${words.best} ${rows.length} / ${wanted.length}\n${table(columns, rows)}`,
    decisionsText(advice, locale, most),
    acceptedCostText(advice, locale, most),
    belowText(advice, locale),
    notJudgedText(advice, locale),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function belowText({ belowMinimumSaving, currency }: AdviceDocument, locale: Locale): string {
  if (belowMinimumSaving.length === 0) return '';
  const words = WORDS[locale];
  const right = (title: string) => ({ title, align: 'right' as const });
  const rows = belowMinimumSaving.map((item) => [
    oneLine(item.detectorId),
    String(item.count),
    formatMoney(item.monthlySavings, currency, locale),
  ]);
  return `${words.below}:\n${table([{ title: words.detector }, right(words.count), right(words.money)], rows)}`;
}

function notJudgedText(advice: AdviceDocument, locale: Locale): string {
  const words = WORDS[locale];
  if (advice.notJudged.length === 0) return '';
  const rows = advice.notJudged.map((item) => [item.detectorId, reasonOf(item, locale), String(item.count)]);
  const times = advice.notJudged.reduce((sum, { count }) => sum + count, 0);
  return `${words.notJudged}: ${times}\n${table([{ title: words.detector }, { title: words.because }, { title: words.count, align: 'right' }], rows)}`;
}

function reasonOf({ because, note }: AdviceDocument['notJudged'][number], locale: Locale): string {
  const words = missingInWords(because, locale);
  return note === undefined ? words : `${words}: ${oneLine(note, 60)}`;
}
