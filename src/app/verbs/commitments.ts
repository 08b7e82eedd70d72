import path from 'node:path';
import { Option } from 'commander';
import { detectors } from '../../advice/detectors/index.ts';
import type { PurchaseWish } from '../../advice/policy/purchase.ts';
import { RESERVED } from '../../advice/sizing/node-rates.ts';
import { LOOKBACK_DAYS } from '../../advice/sizing/size.ts';
import { asDay } from '../../kernel/calendar.ts';
import { AdvisorError } from '../../kernel/failure.ts';
import { formatMoney } from '../../kernel/locale.ts';
import { isPlainDecimal } from '../../kernel/money.ts';
import { oneLine } from '../../kernel/text.ts';
import { PAYMENT_OPTIONS, PLAN_TYPES } from '../../ledger/commitment.ts';
import { billCommitments } from '../../operations/commitments/bill.ts';
import type { CommitmentReport } from '../../operations/commitments/figures.ts';
import { commitmentsOf } from '../../operations/commitments/own-series.ts';
import type { Verb } from '../command.ts';
import { commitmentsText } from '../commitments-text.ts';
import { table } from '../table.ts';
import { usageFiles } from '../wire.ts';
import { wholeNumber } from './sandbox.ts';

interface CommitmentsOptions {
  readonly usage?: string;
  readonly rates?: string;
  readonly asOf?: string;
  readonly currency?: string;
  readonly term?: string[];
  readonly payment?: string[];
  readonly plan?: string[];
  readonly lookBack?: string;
  readonly tranche?: string;
  readonly ceiling?: string;
  readonly breakEven?: string;
}

/** The best Savings Plans and reservations, for what the bill leaves on demand or for a series of hours of one's own. We never buy. */
export const commitments: Verb<CommitmentsOptions> = {
  name: 'commitments',
  summary:
    'what to commit to: from the bill, after all other advice, or for hourly usage of your own; with the proof of how good it is',
  examples: [
    'commitments',
    'commitments --tenant acme --term 1 3 --payment NoUpfront AllUpfront --json',
    'commitments --plan Compute --ceiling 20',
    'commitments --usage usage.csv --rates rates.csv',
  ],
  options: [
    new Option('--usage <csv>', 'instead of the bill: hours with the columns hour,family,onDemandCost'),
    new Option(
      '--rates <csv>',
      'with --usage: offers with the columns planType,family,termYears,paymentOption,rate (cost per on-demand dollar, 0..1; empty family: all)',
    ),
    new Option('--as-of <day>', 'the day on which we look (YYYY-MM-DD); left out: today, or when old figures had settled'),
    new Option('--currency <code>', 'needed where the tenant has cost in more than one'),
    new Option('--term <years...>', "terms that may be bought; left out, as all of these: the policy's").choices(['1', '3']),
    new Option('--payment <options...>', 'how it may be paid').choices(PAYMENT_OPTIONS),
    new Option('--plan <types...>', 'what may be bought').choices([...PLAN_TYPES, RESERVED]),
    new Option('--look-back <days>', "settled days to size on, as AWS's own advice looks back").choices(
      LOOKBACK_DAYS.map(String),
    ),
    new Option('--tranche <percent>', 'share of the optimum that is bought first; overbuying cannot be undone'),
    new Option('--ceiling <dollars>', 'most to commit to anew, dollars an hour'),
    new Option('--break-even <month>', 'propose nothing that pays for itself later than in this month of its term'),
  ],
  run: async (tools, options) => {
    const { usage, rates } = options;
    if ((usage === undefined) !== (rates === undefined)) {
      throw new AdvisorError(
        'INVALID_INPUT',
        `commitments needs --${usage === undefined ? 'usage' : 'rates'} too`,
        'Give both files, or neither to size on the bill.',
      );
    }
    if (usage !== undefined && rates !== undefined) {
      const files = usageFiles();
      const report = commitmentsOf(await files.usage(path.resolve(usage)), await files.rates(path.resolve(rates)));
      return { document: report, text: textOf(report) };
    }
    const asOf = options.asOf === undefined ? null : asDay(options.asOf, '--as-of');
    const policy = wishOf(options);
    const context = await tools.context();
    const report = await billCommitments(context, { asOf, currency: options.currency ?? null, detectors, policy });
    return { document: report, text: commitmentsText(report, context.locale) };
  },
};

/** What the policy does not say and nobody asks for: one year, nothing upfront, a first tranche of 70 %, 30 days. */
function wishOf(options: CommitmentsOptions): PurchaseWish {
  const { term, payment, plan, lookBack, tranche, ceiling, breakEven } = options;
  return {
    termYears: term?.map((years) => (years === '3' ? 3 : 1)),
    paymentOptions: payment && PAYMENT_OPTIONS.filter((option) => payment.includes(option)),
    planTypes: plan,
    lookbackDays: lookBack === undefined ? undefined : Number(lookBack),
    tranchePercent: tranche === undefined ? undefined : wholeNumber(tranche, '--tranche', 1, 100),
    hourlyCeiling: ceiling === undefined ? undefined : dollars(ceiling),
    latestBreakEvenMonth: breakEven === undefined ? undefined : wholeNumber(breakEven, '--break-even', 1, 36),
  };
}

function dollars(text: string): number {
  if (isPlainDecimal(text) && Number(text) > 0 && Number(text) <= 1_000_000) return Number(text);
  throw new AdvisorError(
    'INVALID_INPUT',
    `--ceiling "${oneLine(text, 40)}" is no amount of dollars an hour`,
    'Write it as 12.50.',
  );
}

function textOf(report: CommitmentReport): string {
  const dollars = (amount: string): string => formatMoney(amount, 'USD', 'en', 2);
  const right = (title: string) => ({ title, align: 'right' }) as const;
  const rows = report.advice.map((item) => [
    oneLine(item.planType, 30),
    oneLine(item.family || 'all', 40),
    `${item.termYears} y ${oneLine(item.paymentOption, 20)}`,
    item.proposedHourlyCommitment,
    item.utilizationPercent,
    item.breakEvenMonth === null ? 'never' : String(item.breakEvenMonth),
    dollars(item.yearlySavings),
  ]);
  const { hours, families, from, to, onDemandCost, cost } = report.series;
  const risk = report.risk.map((item) => `${item.usageChangePercent} % usage: ${dollars(item.yearlySavings)}`).join(', ');
  return [
    `${hours} hours of ${families} families, ${oneLine(from, 40)} to ${oneLine(to, 40)}: $${onDemandCost} an hour on demand, $${cost} with these:`,
    rows.length === 0
      ? 'Nothing to buy: no offer is worth it for this usage.'
      : table(
          [
            { title: 'plan' },
            { title: 'family' },
            { title: 'term' },
            right('$ an hour'),
            right('used %'),
            right('pays from month'),
            right('saves a year'),
          ],
          rows,
        ),
    `Covered ${report.coveragePercent} %, used ${report.utilizationPercent} %, effective savings rate ${report.effectiveSavingsRatePercent} %.`,
    `If usage falls and the commitments stay, saved a year: ${risk}.`,
    `No purchase from these rates can cost less by more than ${(report.certifiedGap * 100).toPrecision(2)} %.`,
  ].join('\n\n');
}
