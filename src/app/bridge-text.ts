import { formatMoney, type Locale, type Localized } from '../kernel/locale.ts';
import { exact, plain } from '../kernel/money.ts';
import { oneLine } from '../kernel/text.ts';
import type { BridgeReport } from '../operations/bridge/bridge.ts';
import type { StepId } from '../plan/bridge.ts';
import type { BridgePart } from '../plan/bridge-sum.ts';
import { table } from './table.ts';

export const STEP_WORDS: Readonly<Record<StepId, Localized>> = {
  notPlanned: { en: 'Not planned (services and cost that the plan lacks)', ja: '計画外 (計画にないサービス・コスト)' },
  idle: { en: 'Idle resources', ja: '未使用リソース' },
  oversized: { en: 'Oversized resources', ja: '過剰スペック' },
  alwaysOn: { en: 'Always on, needed at times', ja: '常時稼働 (停止可能な時間帯)' },
  growth: { en: 'Growth of use', ja: '利用量の増減' },
  plannedServices: {
    en: 'Planned services, more or less than planned (the plan names no quantities)',
    ja: '計画済みサービスの増減 (計画に数量なし)',
  },
  priceAndMix: { en: 'Price and mix', ja: '単価・構成の差' },
  discountNotBought: { en: 'Planned discount not bought', ja: '未購入の割引 (計画比)' },
  parallelRun: { en: 'Parallel run and left-overs of the migration', ja: '並行稼働・移行の残存物' },
  licences: { en: 'Licences and extended support', ja: 'ライセンス・延長サポート' },
  creditsRefundsTaxSupport: {
    en: 'Credits, refunds, tax, support, and commitments paid at another time than used',
    ja: 'クレジット・返金・税・サポート、コミットメントの支払時期の差',
  },
  exchangeRate: { en: 'Exchange rate', ja: '為替' },
  remainder: { en: 'Remainder (rounding)', ja: '端数' },
};

const WORDS = {
  en: {
    title: (name: string, from: string, through: string) =>
      `${name}: plan and actual of ${from === through ? from : `${from} to ${through}`}`,
    step: 'from plan to actual',
    amount: 'amount',
    where: 'most of it',
    plan: 'Plan',
    actual: 'Actual',
    unassigned: 'no workload',
    provisional: 'Provisional: some of these days are still open, figures change.',
    atPlanningRate:
      "The month's exchange rate is not known: the actual cost is at the planning rate. Give it with --rate <month>=<rate>.",
    untold: (names: string) =>
      `Not told apart: ${names}. They name resources or tags, of which Cost Explorer tells no cost; it stands with the workloads that have their accounts.`,
    noAdvice: 'There is no advice yet, so waste is not told apart. Run "cost-pillar advise" first.',
    wasteAsOf: (day: string, from: string) =>
      `Waste as judged on ${day}, after overlap, at the hours of the month; before ${from} it is not told apart.`,
    rate: (planning: string, rates: string) => `Planning rate ${planning}; of the months: ${rates}.`,
    basis: {
      runningCost: 'Running cost: amortised, without tax, credits, refunds and support.',
      invoiceCost: 'Invoice cost: everything, as paid.',
    },
    besides: {
      oneOff: 'Planned once, not in this comparison',
      reserve: 'Planned reserve, not in this comparison',
      operations: 'Planned operations, not in this comparison',
    },
  },
  ja: {
    title: (name: string, from: string, through: string) =>
      `${name}: ${from === through ? from : `${from}～${through}`} 計画と実績`,
    step: '計画から実績への内訳',
    amount: '金額',
    where: '主な内訳',
    plan: '計画',
    actual: '実績',
    unassigned: '未分類',
    provisional: '速報: 未確定の日を含むため、金額は変わります。',
    atPlanningRate: '当月の為替レートが不明なため、実績は計画レートで換算しています。--rate <年月>=<レート> で指定できます。',
    untold: (names: string) =>
      `区別できないもの: ${names}。リソースまたはタグで指定されていますが、Cost Explorerではそのコストを確認できません。該当アカウントを持つワークロードに含まれています。`,
    noAdvice: '推奨がまだないため、無駄の内訳は表示できません。先に "cost-pillar advise" を実行してください。',
    wasteAsOf: (day: string, from: string) =>
      `無駄の金額は${day}時点の判定 (重複控除後) を当月の時間数で換算しています。${from}より前の月には含めていません。`,
    rate: (planning: string, rates: string) => `計画レート ${planning}、実績レート ${rates}`,
    basis: {
      runningCost: '実行コスト (償却後、税・クレジット・返金・サポートを除く)',
      invoiceCost: '請求額 (すべて、支払ベース)',
    },
    besides: {
      oneOff: '計画の一時費用 (本比較の対象外)',
      reserve: '計画の予備費 (本比較の対象外)',
      operations: '計画の運用費 (本比較の対象外)',
    },
  },
} as const;

/** The bridge as a table that adds up line by line, with what a reader must know beneath it. */
export function bridgeText(report: BridgeReport, locale: Locale): string {
  const words = WORDS[locale];
  const money = (amount: string): string => formatMoney(amount, report.currency, locale);
  const signed = (amount: string): string => (exact(amount).gt(0) ? `+${money(amount)}` : money(amount));
  const rows = [
    [words.plan, money(report.plan), ''],
    ...report.steps.map(({ id, amount, parts }) => [
      STEP_WORDS[id][locale],
      signed(amount),
      largest(parts, signed, words.unassigned),
    ]),
    [words.actual, money(report.actual), ''],
  ];
  const columns = [{ title: words.step }, { title: words.amount, align: 'right' }, { title: words.where }] as const;
  return [titleOf(report, locale), table([...columns], rows), notesOf(report, locale).join('\n')].join('\n\n');
}

function titleOf({ planName, workload, period }: BridgeReport, locale: Locale): string {
  const [from, through] = [period.start.slice(0, 7), lastMonth(period.end)];
  const title = WORDS[locale].title(oneLine(planName, 80), from, through);
  return workload === null ? title : `${title} (${oneLine(workload, 80)})`;
}

/** The month before the first day after the period. */
function lastMonth(end: string): string {
  const [year = 0, month = 0] = end.split('-').map(Number);
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`;
}

const SHOWN_PARTS = 2;

function largest(parts: readonly BridgePart[], money: (amount: string) => string, unassigned: string): string {
  return parts
    .filter(({ serviceName, amount }) => serviceName !== null && !exact(amount).isZero())
    .slice(0, SHOWN_PARTS)
    .map(
      (part) =>
        `${oneLine(part.workload ?? unassigned, 30)} / ${oneLine(part.serviceName ?? '', 44)} ${money(plain(exact(part.amount).toDecimalPlaces(2)))}`,
    )
    .join('; ');
}

function notesOf(report: BridgeReport, locale: Locale): readonly string[] {
  const words = WORDS[locale];
  const rates = report.rates.filter(({ rate }) => rate !== null).map(({ month, rate }) => `${month} ${rate}`);
  return [
    words.basis[report.basis],
    ...(report.wasteAsOf === null ? [words.noAdvice] : [words.wasteAsOf(report.wasteAsOf, report.wasteFrom ?? '')]),
    ...(report.planningRate !== null && rates.length > 0 ? [words.rate(report.planningRate, rates.join(', '))] : []),
    ...(report.isAtPlanningRate ? [words.atPlanningRate] : []),
    ...(report.untoldWorkloads.length > 0
      ? [words.untold(report.untoldWorkloads.map((name) => oneLine(name, 80)).join(', '))]
      : []),
    ...(report.isProvisional ? [words.provisional] : []),
    ...report.besides.map(({ kind, planned }) => `${words.besides[kind]}: ${formatMoney(planned, report.currency, locale)}`),
  ];
}
