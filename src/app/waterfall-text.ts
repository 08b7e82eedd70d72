import type { AdviceDocument } from '../advice/advice-document.ts';
import { HUB_REASON_WORDS, OVERLAP_WORDS } from '../advice/overlap-words.ts';
import { formatMoney, type Locale, printedSteps } from '../kernel/locale.ts';
import { exact, plain } from '../kernel/money.ts';
import { oneLine } from '../kernel/text.ts';
import { table } from './table.ts';

const WORDS = {
  en: {
    step: 'from gross to net',
    amount: 'a month',
    count: 'advice',
    gross: 'Savings found, each as if nothing else were done',
    net: 'What the bill would lose',
    hub: "from AWS's Cost Optimization Hub to ours",
    type: 'of what',
    hubTotal: "The Hub's own total, each resource counted once",
  },
  ja: {
    step: '総額から純額への内訳',
    amount: '月額',
    count: '件数',
    gross: '削減見込額の合計 (それぞれ単独で実施した場合)',
    net: '請求から減る額 (純額)',
    hub: 'AWS Cost Optimization Hubとの差異',
    type: '対象',
    hubTotal: 'Hubの合計 (リソースごとに1回だけ集計)',
  },
} as const;

/** From gross to net by reason, and from the Hub's total to ours: each table adds up to its last line. */
export function waterfallText(advice: AdviceDocument, locale: Locale): string {
  return [netText(advice, locale), hubText(advice, locale)].filter((part) => part !== '').join('\n\n');
}

function netText({ waterfall, currency }: AdviceDocument, locale: Locale): string {
  const words = WORDS[locale];
  if (waterfall.reductions.length === 0) return '';
  const money = (amount: string): string => formatMoney(amount, currency, locale);
  const taken = waterfall.reductions.map(({ amount }) => plain(exact(amount).neg()));
  const printed = printedSteps(waterfall.gross, taken, currency);
  const rows = [
    [words.gross, '', money(printed.start)],
    ...waterfall.reductions.map(({ because, count }, index) => [
      OVERLAP_WORDS[because][locale],
      String(count),
      money(printed.amounts[index] ?? '0'),
    ]),
    [words.net, '', money(waterfall.net)],
  ];
  const columns = [
    { title: words.step },
    { title: words.count, align: 'right' },
    { title: words.amount, align: 'right' },
  ] as const;
  return table([...columns], rows);
}

function hubText({ hubReconciliation: found, currency }: AdviceDocument, locale: Locale): string {
  if (found === null) return '';
  const words = WORDS[locale];
  const money = (amount: string): string => formatMoney(amount, currency, locale);
  const differences = found.rows.map(({ amount }) => amount);
  const printed = printedSteps(found.hubTotal, differences, currency);
  const rows = [
    [words.hubTotal, '', '', money(printed.start)],
    ...found.rows.map(({ because, resourceType, count }, index) => [
      HUB_REASON_WORDS[because][locale],
      oneLine(resourceType, 40),
      String(count),
      money(printed.amounts[index] ?? '0'),
    ]),
    [words.net, '', '', money(found.net)],
  ];
  const columns = [
    { title: words.hub },
    { title: words.type },
    { title: words.count, align: 'right' as const },
    { title: words.amount, align: 'right' as const },
  ];
  return table(columns, rows);
}
