import type { Period } from '../../../kernel/calendar.ts';
import type { Fact } from '../../../ledger/fact.ts';
import type { FactPull, PlanUse, UseQuestion } from '../../../operations/ports/commitment-source.ts';
import type { Asking } from '../asker.ts';
import { askAll } from '../cost-explorer/ask.ts';
import { readRows } from '../decimals.ts';
import { ITEMS_A_PAGE } from '../pages.ts';
import { dayOfPlans, monthOfPlan, planCoverageOf } from './plan-mapper.ts';
import { PlanCoverageAnswer, PlanDetailsAnswer, PlanUtilizationAnswer } from './schema.ts';

const GROUPS = ['INSTANCE_FAMILY', 'REGION', 'SERVICE'] as const;

const intervalOf = ({ start, end }: Period) => ({ Start: start, End: end });

/** The days in one page each, and for every month two: its plans one by one, and its coverage by family, region and service. */
export async function pullPlanUse(asking: Asking, { window, months }: UseQuestion): Promise<PlanUse> {
  return {
    utilizationByDay: await utilizationByDay(asking, window),
    utilizationByMonth: await each(months, (month) => utilizationOfMonth(asking, month)),
    coverageByDay: await coverage(asking, window, true),
    coverageByMonth: await each(months, (month) => coverage(asking, month, false)),
  };
}

export async function each<Body>(
  months: readonly Period[],
  pull: (month: Period) => Promise<FactPull<Body>>,
): Promise<FactPull<Body>> {
  const facts: Fact<Body>[] = [];
  const unread: string[] = [];
  for (const month of months) {
    const pulled = await pull(month);
    facts.push(...pulled.facts);
    unread.push(...pulled.unread);
  }
  return { facts, unread };
}

async function utilizationByDay(asking: Asking, window: Period): Promise<PlanUse['utilizationByDay']> {
  const answers = await askAll(asking, {
    operation: 'GetSavingsPlansUtilization',
    schema: PlanUtilizationAnswer,
    send: (client, sdk, _token, http) =>
      client.send(new sdk.GetSavingsPlansUtilizationCommand({ TimePeriod: intervalOf(window), Granularity: 'DAILY' }), http),
  });
  const rows = answers.flatMap((answer) => answer.SavingsPlansUtilizationsByTime ?? []);
  const { results, unread } = readRows(rows, dayOfPlans);
  return { facts: results, unread };
}

async function utilizationOfMonth(asking: Asking, month: Period): Promise<PlanUse['utilizationByMonth']> {
  const answers = await askAll(asking, {
    operation: 'GetSavingsPlansUtilizationDetails',
    schema: PlanDetailsAnswer,
    send: (client, sdk, NextToken, http) =>
      client.send(
        new sdk.GetSavingsPlansUtilizationDetailsCommand({
          TimePeriod: intervalOf(month),
          DataType: ['UTILIZATION', 'SAVINGS'],
          MaxResults: ITEMS_A_PAGE,
          NextToken,
        }),
        http,
      ),
  });
  const rows = answers.flatMap((answer) => answer.SavingsPlansUtilizationDetails);
  const { results, unread } = readRows(rows, (row) => monthOfPlan(row, month));
  return { facts: results, unread };
}

async function coverage(asking: Asking, window: Period, byDay: boolean): Promise<PlanUse['coverageByDay']> {
  const how = byDay ? { Granularity: 'DAILY' as const } : { GroupBy: GROUPS.map((Key) => ({ Type: 'DIMENSION' as const, Key })) };
  const answers = await askAll(asking, {
    operation: 'GetSavingsPlansCoverage',
    schema: PlanCoverageAnswer,
    send: (client, sdk, NextToken, http) =>
      client.send(
        new sdk.GetSavingsPlansCoverageCommand({
          TimePeriod: intervalOf(window),
          ...how,
          MaxResults: ITEMS_A_PAGE,
          NextToken,
        }),
        http,
      ),
  });
  const rows = answers.flatMap((answer) => answer.SavingsPlansCoverages);
  const { results, unread } = readRows(rows, planCoverageOf);
  return { facts: results, unread };
}
