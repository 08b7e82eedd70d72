import { missingInWords } from '../advice/missing-words.ts';
import { formatMoney, type Locale } from '../kernel/locale.ts';
import { exact } from '../kernel/money.ts';
import { oneLine } from '../kernel/text.ts';
import type { BillCommitmentsReport } from '../operations/commitments/bill.ts';
import type { GroupBasis, StepReason } from '../operations/commitments/group-basis.ts';
import { GAP_WORDS, shortId } from './gap-words.ts';
import { type Column, table } from './table.ts';

const WORDS = {
  en: {
    head: (day: string, cost: string, hours: string) =>
      `Seen on ${day}. After all other advice ${cost} an hour stay on demand; ${hours}.`,
    nothing: 'Nothing to buy: no offer is worth it for this usage.',
    columns: ['plan', 'for', 'term', 'buy now $/h', 'optimum $/h', 'pays from month', 'saves a year', 'at the optimum'],
    all: 'all',
    never: 'never',
    risk: 'If usage falls and the first purchases stay, saved a year',
    gap: (percent: string) => `No purchase from these rates can cost less than the optimum by more than ${percent} %.`,
    ladder: 'The rest in two steps, each worked out again: after 3 and 6 months.',
    hours: {
      hourly: 'its hours are known',
      mixed: 'the hours of a part are known and stand for the rest',
      daily:
        'only days are known, whose means hide quiet hours: less is proposed, and hourly data in Cost Explorer would say more',
    },
    arriving: (count: number, cost: string) =>
      `Not counted: ${count} accounts that moved in during the look-back (${cost} an hour).`,
    unknown: 'could not be sized',
    aws: 'AWS would buy',
    ours: 'we propose first',
    reasons: {
      daysAndRates: 'other days and rates',
      otherAdvice: 'idle and oversized taken off first',
      otherPlans: 'plans of other types beside it',
      firstTranche: 'a first tranche only',
    },
    alternatives: 'Other ways, at their optimum (not to be added up)',
    owned: 'Owned',
    ownedColumns: ['commitment', 'kind', '$/h', 'ends', 'days', 'used %', 'for nothing a month', 'grows by when it ends'],
    ownedUnknown: 'What is owned could not be read; nothing is said of it.',
    none: 'No commitment is owned.',
    months: ['month', 'covered %', 'used %', 'effective savings rate %', 'for nothing'],
    gaps: 'What to look at (a month; not added to the advice)',
    noGaps: 'Nothing to look at.',
    gapWords: GAP_WORDS.en,
  },
  ja: {
    head: (day: string, cost: string, hours: string) =>
      `基準日 ${day}。他の施策をすべて実施した後も、1時間あたり${cost}のオンデマンド利用が残ります（${hours}）。`,
    nothing: '購入をお勧めできるものはありません。',
    columns: ['プラン', '対象', '期間・支払い', '今回の購入 $/h', '最適値 $/h', '回収月', '年間削減額', '最適値での年間削減額'],
    all: '全体',
    never: '回収不可',
    risk: '利用が減り、今回の購入分だけが残った場合の年間削減額',
    gap: (percent: string) => `この料率で、最適値よりさらに安くなる余地は最大${percent}%です。`,
    ladder: '残りは3か月後と6か月後に、その都度再計算して購入します。',
    hours: {
      hourly: '時間別データあり',
      mixed: '一部のみ時間別データあり。残りはその形で推定',
      daily:
        '日別データのみ。平均では利用の少ない時間が見えないため控えめに算出。Cost Explorerの時間別データを有効にすると精度が上がります',
    },
    arriving: (count: number, cost: string) => `参照期間中に利用を開始した${count}アカウント（1時間あたり${cost}）は対象外です。`,
    unknown: '算出不可',
    aws: 'AWSの推奨',
    ours: '当方の初回提案',
    reasons: {
      daysAndRates: '対象日と料率の差',
      otherAdvice: '未使用・過大分を先に除外',
      otherPlans: '他種類のプランとの併用',
      firstTranche: '初回分のみ',
    },
    alternatives: '別の買い方（それぞれの最適値。合算不可）',
    owned: '保有コミットメント',
    ownedColumns: [
      'コミットメント',
      '種類',
      '$/h',
      '終了日',
      '残り日数',
      '使用率 %',
      '未使用分（月額）',
      '終了時の増加額（月額）',
    ],
    ownedUnknown: '保有状況を読み取れないため、判断できません。',
    none: '保有しているコミットメントはありません。',
    months: ['月', 'カバー率 %', '使用率 %', '実効割引率 %', '未使用額'],
    gaps: '確認すべき点（月額。推奨事項には加算していません）',
    noGaps: '確認すべき点はありません。',
    gapWords: GAP_WORDS.ja,
  },
} as const;

type Words = (typeof WORDS)[Locale];

/** For a terminal: what to buy first, why not what AWS says, what is owned and how it is used. */
export function commitmentsText(report: BillCommitmentsReport, locale: Locale): string {
  const words = WORDS[locale];
  const money = (amount: string): string => formatMoney(amount, report.currency, locale, 2);
  const resolutions = [
    ...new Set(report.groups.filter(({ missing }) => missing.length === 0).map((group) => words.hours[group.resolution])),
  ];
  return [
    words.head(report.asOf, money(report.series.onDemandCost), resolutions.join('; ') || words.unknown),
    purchases(report, words, money),
    ...report.groups.flatMap((group) => groupText(group, words, { locale, money })),
    ownedText(report, words, money),
    gapsText(report, words, money),
  ].join('\n\n');
}

type Money = (amount: string) => string;

function purchases(report: BillCommitmentsReport, words: Words, money: Money): string {
  if (report.advice.length === 0) return words.nothing;
  const rows = report.advice.map((item) => [
    oneLine(item.planType, 30),
    oneLine(item.family || words.all, 40),
    `${item.termYears} y ${oneLine(item.paymentOption, 20)}`,
    item.proposedHourlyCommitment,
    item.optimalHourlyCommitment.slice(0, 8),
    item.breakEvenMonth === null ? words.never : String(item.breakEvenMonth),
    money(item.proposedYearlySavings),
    money(item.yearlySavings),
  ]);
  const risk = report.risk.map((item) => `${item.usageChangePercent} %: ${money(item.yearlySavings)}`).join(', ');
  return [
    table(columnsOf(words.columns, 3), rows),
    words.ladder,
    `${words.risk}: ${risk}.`,
    words.gap((report.certifiedGap * 100).toPrecision(2)),
  ].join('\n');
}

function groupText(
  group: GroupBasis,
  words: Words,
  { locale, money }: { readonly locale: Locale; readonly money: Money },
): string[] {
  const about = oneLine(group.sharingGroupId, 40);
  if (group.missing.length > 0) {
    return [`${about}: ${words.unknown}. ${group.missing.map((item) => missingInWords(item, locale)).join('; ')}`];
  }
  const lines = group.aws.map(({ planType, hourlyCommitment, steps, proposedHourlyCommitment }) => {
    const parts = steps
      .filter((step) => !exact(step.hourlyCommitment).isZero())
      .map(({ reason, hourlyCommitment: step }) => `${signed(step)} ${words.reasons[reason satisfies StepReason]}`);
    return [`${planType}: ${words.aws} $${hourlyCommitment}`, ...parts, `${words.ours} $${proposedHourlyCommitment}.`].join('; ');
  });
  const ways = group.alternatives.map((way) => `${way.planTypes.join(' + ')} ${money(way.yearlySavings)}`);
  if (group.arriving.accountIds.length > 0) {
    lines.push(words.arriving(group.arriving.accountIds.length, money(group.arriving.hourlyCost)));
  }
  if (group.unknownServices.length > 0)
    lines.push(`${group.unknownServices.map((name) => oneLine(name, 60)).join(', ')}: ${words.unknown}.`);
  if (ways.length > 0) lines.push(`${words.alternatives}: ${ways.join('; ')}.`);
  return lines.length > 0 ? [[about, ...lines].join('\n')] : [];
}

/** The dearest of each kind, and how many more there are: forty databases that strand a plan are one thing to look at. */
const SHOWN_OF_A_KIND = 3;

function gapsText({ gaps }: BillCommitmentsReport, words: Words, money: Money): string {
  if (gaps.length === 0) return words.noGaps;
  const lines = [...Map.groupBy(gaps, ({ kind }) => kind).values()].flatMap((own) => {
    const shown = own
      .slice(0, SHOWN_OF_A_KIND)
      .map((gap) => words.gapWords.line(gap, gap.monthlyCost === null ? '?' : money(gap.monthlyCost)));
    return own.length > SHOWN_OF_A_KIND ? [...shown, words.gapWords.more(own.length - SHOWN_OF_A_KIND)] : shown;
  });
  return [words.gaps, ...lines.map((line) => `- ${line}`)].join('\n');
}

const signed = (amount: string): string => (amount.startsWith('-') ? `- $${amount.slice(1)}` : `+ $${amount}`);

function ownedText({ position }: BillCommitmentsReport, words: Words, money: Money): string {
  if (!position.isOwnedKnown) return words.ownedUnknown;
  if (position.owned.length === 0) return words.none;
  const maybe = (amount: string | null | undefined): string => (amount === null || amount === undefined ? '?' : money(amount));
  const rows = position.owned.map((item) => [
    shortId(item.commitmentId),
    oneLine(item.planType ?? item.instanceType ?? item.category, 20),
    item.hourlyCost ?? '?',
    item.endsOn,
    String(item.daysLeft),
    item.lastMonth?.utilizationPercent ?? '?',
    maybe(item.lastMonth?.unusedMonthlyCost),
    maybe(item.lastMonth?.monthlyNetSavings),
  ]);
  const months = position.months.map((item) => [
    item.month,
    item.coveragePercent ?? '?',
    item.utilizationPercent ?? '?',
    item.effectiveSavingsRatePercent ?? '?',
    maybe(item.unusedCost),
  ]);
  return [words.owned, table(columnsOf(words.ownedColumns, 2), rows), table(columnsOf(words.months, 1), months)].join('\n\n');
}

/** Names first, figures from `firstFigure` on. */
function columnsOf(titles: readonly string[], firstFigure: number): Column[] {
  return titles.map((title, index) => ({ title, align: index < firstFigure ? 'left' : 'right' }));
}
