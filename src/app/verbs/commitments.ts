import path from 'node:path';
import { Option } from 'commander';
import { AdvisorError } from '../../kernel/failure.ts';
import { formatMoney } from '../../kernel/locale.ts';
import { oneLine } from '../../kernel/text.ts';
import { type CommitmentReport, commitmentsOf } from '../../operations/commitments.ts';
import type { Verb } from '../command.ts';
import { table } from '../table.ts';
import { usageFiles } from '../wire.ts';

interface CommitmentsOptions {
  readonly usage?: string;
  readonly rates?: string;
}

/** The best Savings Plans and reservations for a series of hours. Needs no data and no database when the series is given. */
export const commitments: Verb<CommitmentsOptions> = {
  name: 'commitments',
  summary: 'the best commitments for hourly usage, with the proof of how good they are',
  examples: ['commitments --usage usage.csv --rates rates.csv', 'commitments --usage usage.csv --rates rates.csv --json'],
  options: [
    new Option('--usage <csv>', 'hours with the columns hour,family,onDemandCost'),
    new Option(
      '--rates <csv>',
      'offers with the columns planType,family,termYears,paymentOption,rate (cost per on-demand dollar, 0..1; empty family: all)',
    ),
  ],
  run: async (_tools, { usage, rates }) => {
    if (usage === undefined || rates === undefined) {
      throw new AdvisorError(
        'INVALID_INPUT',
        'commitments needs --usage and --rates; from the hours of the bill alone it cannot be asked yet',
        'Give both files; `advise` proposes a careful first purchase from the bill.',
      );
    }
    const files = usageFiles();
    const report = commitmentsOf(await files.usage(path.resolve(usage)), await files.rates(path.resolve(rates)));
    return { document: report, text: textOf(report) };
  },
};

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
