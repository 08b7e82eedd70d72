import { Option } from 'commander';
import { isMonth, type Month } from '../../kernel/calendar.ts';
import { AdvisorError } from '../../kernel/failure.ts';
import { oneLine } from '../../kernel/text.ts';
import { bridge as bridgeOf } from '../../operations/bridge/bridge.ts';
import { ratesOf } from '../../operations/bridge/question.ts';
import { bridgeText } from '../bridge-text.ts';
import type { Verb } from '../command.ts';

interface BridgeOptions {
  readonly month?: string;
  readonly through?: string;
  readonly workload?: string;
  readonly basis: string;
  readonly currency?: string;
  readonly rate: readonly string[];
}

/** From what the migration plan expected to what was paid, in named steps that sum exactly. */
export const bridge: Verb<BridgeOptions> = {
  name: 'bridge',
  summary: 'why the bill differs from the migration plan: from plan to actual in steps that sum to the cent',
  examples: [
    'bridge',
    'bridge --month 2026-10 --workload "Online shop" --json',
    'bridge --month 2026-04 --through 2026-09 --basis invoiceCost',
    'bridge --month 2026-10 --rate 2026-10=151.32',
  ],
  options: [
    new Option('--month <month>', 'YYYY-MM; left out: the last closed month'),
    new Option('--through <month>', 'last month of a period that begins with --month'),
    new Option('--workload <name>', 'one workload of the plan; left out: all, and what no workload has'),
    new Option('--basis <basis>', 'what of the bill').choices(['runningCost', 'invoiceCost']).default('runningCost'),
    new Option('--currency <code>', "the bill's, where the tenant has cost in more than one"),
    new Option('--rate <month=rate...>', "a month's exchange rate: units of the plan's currency for one of the bill's").default(
      [],
    ),
  ],
  run: async (tools, options) => {
    const rates = ratesOf(options.rate);
    const context = await tools.context();
    const report = await bridgeOf(context, {
      fromMonth: monthOf(options.month, '--month'),
      throughMonth: monthOf(options.through, '--through'),
      workload: options.workload ?? null,
      basis: options.basis === 'invoiceCost' ? 'invoiceCost' : 'runningCost',
      currency: options.currency ?? null,
      rates,
    });
    return { document: report, text: bridgeText(report, context.locale) };
  },
};

function monthOf(text: string | undefined, option: string): Month | null {
  if (text === undefined) return null;
  if (isMonth(text)) return text;
  throw new AdvisorError('INVALID_INPUT', `${option} "${oneLine(text, 20)}" is not a month.`, 'Write it as YYYY-MM.');
}
