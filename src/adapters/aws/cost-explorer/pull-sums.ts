import { addDays, type Day, firstDay, isDay, monthOf, periodOfMonth } from '../../../kernel/calendar.ts';
import { oneLine } from '../../../kernel/text.ts';
import type { Connection } from '../../../operations/ports/connections.ts';
import type { CostSum, PullOptions, SumQuestion } from '../../../operations/ports/cost-source.ts';
import { readWindow } from '../pages.ts';
import { type Aws, unreadable } from '../request.ts';
import { askCosts } from './ask.ts';
import { accountOf, nothingAsEmpty, readGroup } from './charge-mapper.ts';
import { costsOf, UnreadableRow } from './costs.ts';
import { sumQuestion } from './question.ts';
import { type Answer, Metrics } from './schema.ts';

/** Sums as Cost Explorer says them. One that cannot be read ends the pull: a comparison with a part of them would say nothing. */
export async function pullSums(
  aws: Aws,
  connection: Connection,
  question: SumQuestion,
  options: PullOptions,
): Promise<readonly CostSum[]> {
  const ask = askCosts(aws, connection, 'GetCostAndUsage', sumQuestion(question), options);
  const seen = await readWindow(
    ask,
    'Cost Explorer',
    () => new Map<string, CostSum>(),
    (sums, answer) => {
      for (const sum of sumsOf(answer, question)) addOnce(sums, sum);
    },
  );
  return [...seen.values()];
}

function addOnce(sums: Map<string, CostSum>, sum: CostSum): void {
  const key = JSON.stringify([sum.start, sum.keys, sum.currency]);
  if (sums.has(key)) throw unreadable('A sum of Cost Explorer could not be read', `that of ${sum.start} came twice`);
  sums.set(key, sum);
}

function sumsOf(answer: Answer, question: SumQuestion): CostSum[] {
  return answer.ResultsByTime.flatMap(({ TimePeriod, Total, Groups, Estimated }) => {
    try {
      const start = startOf(TimePeriod, question);
      const estimated = Estimated ?? true;
      if (question.groupBy.length === 0) return totalOf(Total, start, estimated);
      return (Groups ?? []).map((row): CostSum => {
        const { Keys, Metrics: metrics } = readGroup(row, question.groupBy.length);
        const at = question.groupBy.indexOf('LINKED_ACCOUNT');
        if (at >= 0) accountOf(Keys[at] ?? '');
        return { start, keys: Keys.map(nothingAsEmpty), ...costsOf(metrics), estimated };
      });
    } catch (error) {
      const why = error instanceof UnreadableRow ? error.message : 'it is not in the form that AWS sends';
      throw unreadable(`A sum of Cost Explorer (${oneLine(TimePeriod.Start, 20)}) could not be read`, why);
    }
  });
}

/** A day of which Cost Explorer knows nothing has an empty total: no sum, and no zero either. */
function totalOf(total: unknown, start: Day, estimated: boolean): CostSum[] {
  const metrics = Metrics.parse(total ?? {});
  if (Object.values(metrics).every((metric) => metric === undefined)) return [];
  return [{ start, keys: [], ...costsOf(metrics), estimated }];
}

/** A month that the window cuts is told with the cut: Cost Explorer sums what was asked for. */
function startOf({ Start, End }: { readonly Start: string; readonly End: string }, { window, granularity }: SumQuestion): Day {
  if (!isDay(Start) || Start < window.start || Start >= window.end) throw new UnreadableRow('it lies outside the window');
  const wholeEnd = granularity === 'DAILY' ? addDays(Start, 1) : periodOfMonth(monthOf(Start)).end;
  const end = wholeEnd < window.end ? wholeEnd : window.end;
  const isCutStart = granularity === 'MONTHLY' && Start !== firstDay(monthOf(Start)) && Start !== window.start;
  if (End !== end || isCutStart) throw new UnreadableRow(`the period is not one ${granularity === 'DAILY' ? 'day' : 'month'}`);
  return Start;
}
