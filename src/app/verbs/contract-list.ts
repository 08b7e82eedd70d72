import { Option } from 'commander';
import { asDay } from '../../kernel/calendar.ts';
import { rounded } from '../../kernel/money.ts';
import { oneLine } from '../../kernel/text.ts';
import { type ContractsReport, listContracts } from '../../operations/list-contracts.ts';
import type { Verb } from '../command.ts';
import { table } from '../table.ts';

interface Options {
  readonly asOf?: string;
}

/** What was agreed with AWS, and what the bill says of it. */
export const contractList: Verb<Options> = {
  name: 'list',
  summary: 'show the contracts: how long each credit lasts, whether each commit will be reached',
  examples: ['contract list', 'contract list --json'],
  options: [new Option('--as-of <day>', 'the day on which we look; today when left out')],
  run: async (tools, options) => {
    const input = options.asOf === undefined ? {} : { asOf: asDay(options.asOf, 'as-of day') };
    const report = await listContracts(await tools.context(), input);
    return { document: report, text: textOf(report) };
  },
};

function textOf({ contracts, unexplainedCredits }: ContractsReport): string {
  const rows = contracts.map((contract) => [
    oneLine(contract.name, 40),
    contract.terms.kind,
    contract.startsOn,
    contract.endsOn ?? '',
    saying(contract),
    contract.id,
  ]);
  const unexplained = unexplainedCredits.map(
    ({ currency, amount }) => `Credits of ${rounded(amount)} ${currency} on the bill belong to no contract: add it.`,
  );
  if (contracts.length === 0) return ['No contract was entered.', ...unexplained].join('\n');
  const titles = ['name', 'kind', 'from', 'until', 'what the bill says', 'id'].map((title) => ({ title }));
  return [table(titles, rows), ...unexplained].join('\n\n');
}

function saying({ creditOutlook, commitOutlook }: ContractsReport['contracts'][number]): string {
  if (creditOutlook) {
    const { balance, end } = creditOutlook;
    if (end.kind === 'unknown') return `${rounded(balance)} left; not known how long: needs ${end.missing}`;
    return `${rounded(balance)} left; ${end.because === 'usedUp' ? 'used up' : 'expires'} in ${end.month}`;
  }
  if (!commitOutlook) return '';
  const { projection, spent, committed } = commitOutlook;
  const soFar = `${rounded(spent)} of ${rounded(committed)} in closed months`;
  if (projection.kind === 'unknown') return `${soFar}; not known whether it is reached: needs ${projection.missing}`;
  if (projection.isReached === 'yes') return `${soFar}; will be reached`;
  const { low, expected, high } = projection.shortfall;
  return `${soFar}; expected to lack ${rounded(expected)} (${rounded(low)} to ${rounded(high)}): saving below it has no cash effect`;
}
