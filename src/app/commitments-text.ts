import { missingInWords } from '../advice/missing-words.ts';
import { formatMoney, type Locale } from '../kernel/locale.ts';
import { exact } from '../kernel/money.ts';
import { oneLine } from '../kernel/text.ts';
import type { BillCommitmentsReport } from '../operations/commitments/bill.ts';
import type { GroupBasis, StepReason } from '../operations/commitments/group-basis.ts';
import { COMMITMENT_WORDS, type CommitmentWords } from './commitments-words.ts';
import { shortId } from './gap-words.ts';
import { type Column, table } from './table.ts';

interface Said {
  readonly words: CommitmentWords;
  readonly locale: Locale;
  readonly money: (amount: string) => string;
  /** Amounts an hour, in the steps in which AWS sells. */
  readonly hourly: (amount: string) => string;
}

/** For a terminal: what to buy first, why not what AWS says, what is owned and how it is used. */
export function commitmentsText(report: BillCommitmentsReport, locale: Locale): string {
  const said: Said = {
    words: COMMITMENT_WORDS[locale],
    locale,
    money: (amount) => formatMoney(amount, report.currency, locale, 2),
    hourly: (amount) => formatMoney(amount, report.currency, locale, 3),
  };
  return [
    headText(report, said),
    purchases(report, said),
    ...report.groups.flatMap((group) => groupText(group, said)),
    ...wavesText(report, said),
    ownedText(report, said),
    gapsText(report, said),
  ].join('\n\n');
}

const isSized = ({ missing }: GroupBasis): boolean => missing.length === 0;

function headText({ asOf, groups, series }: BillCommitmentsReport, { words, hourly }: Said): string {
  const sized = groups.filter(isSized);
  if (sized.length === 0) return words.headUnknown(asOf);
  const resolutions = [...new Set(sized.map((group) => words.hours[group.resolution]))];
  const without = [
    ...new Set(sized.flatMap(({ unknownServices }) => unknownServices.map((name) => oneLine(name, 60)))),
    ...groups.filter((group) => !isSized(group)).map(({ sharingGroupId }) => oneLine(sharingGroupId, 40)),
  ];
  return words.head(asOf, hourly(series.onDemandCost), resolutions.join('; '), without.join(words.separator));
}

function purchases(report: BillCommitmentsReport, { words, money, hourly }: Said): string {
  const { advice, groups } = report;
  if (advice.length === 0) return nothingToBuy(groups, words);
  const isShared = groups.length > 1;
  const rows = advice.map((item) => [
    ...(isShared ? [oneLine(item.sharingGroupId, 40)] : []),
    oneLine(item.planType, 30),
    oneLine(item.family || words.all, 40),
    `${item.termYears} y ${oneLine(item.paymentOption, 20)}`,
    hourly(item.proposedHourlyCommitment),
    hourly(item.optimalHourlyCommitment),
    item.breakEvenMonth === null ? words.never : String(item.breakEvenMonth),
    money(item.proposedYearlySavings),
    money(item.yearlySavings),
  ]);
  const hasLaterSteps = advice.some(({ ladder }) =>
    ladder.some((step) => step.inMonths > 0 && exact(step.hourlyCommitment).gt(0)),
  );
  const risk = report.risk.map((item) => `${item.usageChangePercent} %: ${money(item.yearlySavings)}`).join(', ');
  const columns = isShared ? columnsOf([words.sharingGroup, ...words.columns], 4) : columnsOf(words.columns, 3);
  return [
    table(columns, rows),
    ...(hasLaterSteps ? [words.ladder] : []),
    `${words.risk}: ${risk}.`,
    words.gap((report.certifiedGap * 100).toPrecision(2)),
  ].join('\n');
}

/** That nothing is worth it can be said only of usage that was sized and whose rates are known. */
function nothingToBuy(groups: readonly GroupBasis[], words: CommitmentWords): string {
  const sized = groups.filter(isSized);
  if (sized.length === 0) return words.notSized;
  return sized.some(({ pricedPercent }) => exact(pricedPercent).gt(0)) ? words.nothing : words.noRates;
}

function groupText(group: GroupBasis, { words, locale, money, hourly }: Said): string[] {
  const about = oneLine(group.sharingGroupId, 40);
  if (!isSized(group)) {
    return [`${about}: ${words.unknown}. ${group.missing.map((item) => missingInWords(item, locale)).join('; ')}`];
  }
  const lines = group.aws.map(({ planType, hourlyCommitment, steps, proposedHourlyCommitment }) => {
    const parts = steps
      .filter((step) => !exact(step.hourlyCommitment).isZero())
      .map(({ reason, hourlyCommitment: step }) => `${signed(step, hourly)} ${words.reasons[reason satisfies StepReason]}`);
    return [
      `${oneLine(planType, 30)}: ${words.aws} ${hourly(hourlyCommitment)}`,
      ...parts,
      `${words.ours} ${hourly(proposedHourlyCommitment)}.`,
    ].join('; ');
  });
  const ways = group.alternatives.map(
    (way) => `${way.planTypes.map((type) => oneLine(type, 30)).join(' + ')} ${money(way.yearlySavings)}`,
  );
  if (group.aws.length === 0) lines.push(words.awsUnknown(group.lookbackDays));
  if (group.arriving.accountIds.length > 0) {
    lines.push(words.arriving(group.arriving.accountIds.length, hourly(group.arriving.hourlyCost)));
  }
  const without = group.databases.find(({ planRates }) => planRates === 'notCovered');
  if (without) lines.push(words.notCovered(hourly(without.hourlyOnDemandCost)));
  if (exact(group.pricedPercent).lt(100)) lines.push(words.priced(group.pricedPercent));
  if (group.recentCommitments.length > 0) lines.push(words.recent(group.recentCommitments.map(shortId).join(words.separator)));
  if (group.unknownServices.length > 0)
    lines.push(`${group.unknownServices.map((name) => oneLine(name, 60)).join(words.separator)}: ${words.unknown}.`);
  if (ways.length > 0) lines.push(`${words.alternatives}: ${ways.join('; ')}.`);
  return lines.length > 0 ? [[about, ...lines].join('\n')] : [];
}

function wavesText({ comingWaves }: BillCommitmentsReport, { words }: Said): string[] {
  if (comingWaves.length === 0) return [];
  const lines = comingWaves.map(({ wave, cutOver, workloads, sizedFrom }) => {
    const names = workloads.map((name) => oneLine(name, 40)).join(words.separator);
    return `- ${words.wave(oneLine(wave, 40), cutOver, names, sizedFrom)}`;
  });
  return [[words.waves, ...lines].join('\n')];
}

/** The dearest of each kind, and how many more there are: forty databases that strand a plan are one thing to look at. */
const SHOWN_OF_A_KIND = 3;

function gapsText({ gaps }: BillCommitmentsReport, { words, money, hourly }: Said): string {
  if (gaps.length === 0) return words.noGaps;
  const lines = [...Map.groupBy(gaps, ({ kind }) => kind).values()].flatMap((own) => {
    const shown = own
      .slice(0, SHOWN_OF_A_KIND)
      .map((gap) => words.gapWords.line(gap, gap.monthlyCost === null ? '?' : money(gap.monthlyCost), hourly));
    return own.length > SHOWN_OF_A_KIND ? [...shown, words.gapWords.more(own.length - SHOWN_OF_A_KIND)] : shown;
  });
  return [words.gaps, ...lines.map((line) => `- ${line}`)].join('\n');
}

const signed = (amount: string, hourly: Said['hourly']): string =>
  amount.startsWith('-') ? `- ${hourly(amount.slice(1))}` : `+ ${hourly(amount)}`;

function ownedText({ position }: BillCommitmentsReport, { words, money, hourly }: Said): string {
  if (!position.isOwnedKnown) return words.ownedUnknown;
  if (position.owned.length === 0) return words.none;
  const maybe = (amount: string | null | undefined): string => (amount === null || amount === undefined ? '?' : money(amount));
  const rows = position.owned.map((item) => [
    shortId(item.commitmentId),
    oneLine(item.planType ?? item.instanceType ?? item.category, 20),
    item.hourlyCost === null ? '?' : hourly(item.hourlyCost),
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
