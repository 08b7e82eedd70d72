import type { Period } from '../../../kernel/calendar.ts';
import type { Connection } from '../../../operations/ports/connections.ts';
import type { HourlyPull, PullOptions } from '../../../operations/ports/cost-source.ts';
import { readWindow } from '../pages.ts';
import type { Aws } from '../request.ts';
import { askCosts } from './ask.ts';
import { HourCollector, HourTotals } from './hourly-mapper.ts';
import { hourlyQuestion } from './question.ts';

/** One service's on-demand usage by the hour, account by usage type, with the ungrouped total of the same hours as its control. */
export async function pullHourlyUsage(
  aws: Aws,
  connection: Connection,
  question: { readonly serviceName: string; readonly window: Period },
  options: PullOptions,
): Promise<HourlyPull> {
  const { serviceName, window } = question;
  const lines = await readWindow(
    askCosts(aws, connection, 'GetCostAndUsage', hourlyQuestion(serviceName, window, ['LINKED_ACCOUNT', 'USAGE_TYPE']), options),
    'Cost Explorer',
    () => new HourCollector(serviceName, window),
    (collector, answer) => collector.add(answer),
  );
  const totals = await readWindow(
    askCosts(aws, connection, 'GetCostAndUsage', hourlyQuestion(serviceName, window, []), options),
    'Cost Explorer',
    () => new HourTotals(window),
    (collector, answer) => collector.add(answer),
  );
  return { usage: lines.usage, controls: totals.controlsOf(lines.lines), quarantined: lines.quarantined };
}
