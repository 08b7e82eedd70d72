import { z } from 'zod';
import { addMonths, type Month, periodOfMonth } from '../../../kernel/calendar.ts';
import { oneLine } from '../../../kernel/text.ts';
import type { ComparisonDriver, MonthComparison } from '../../../ledger/month-comparison.ts';
import type { Connection } from '../../../operations/ports/connections.ts';
import type { PullOptions } from '../../../operations/ports/cost-source.ts';
import { type Aws, unreadable } from '../request.ts';
import { askAll } from './ask.ts';
import { decimalOf, UnreadableRow } from './costs.ts';

const METRIC = 'NetUnblendedCost';

const Metrics = z.object({
  [METRIC]: z.object({
    BaselineTimePeriodAmount: z.string(),
    ComparisonTimePeriodAmount: z.string(),
    Difference: z.string(),
    Unit: z.string(),
  }),
});
type Metrics = z.infer<typeof Metrics>;
const Totals = z.object({ TotalCostAndUsage: Metrics });
const Named = z.object({ Dimensions: z.object({ Key: z.string().nullish(), Values: z.array(z.string()).nullish() }).nullish() });
const Drivers = z.object({
  NextPageToken: z.string().nullish(),
  CostComparisonDrivers: z
    .array(
      z.object({
        CostSelector: Named.extend({ And: z.array(Named).nullish() }).nullish(),
        CostDrivers: z.array(z.object({ Type: z.string(), Name: z.string().nullish(), Metrics })).nullish(),
      }),
    )
    .nullish(),
});
type Selected = NonNullable<z.infer<typeof Drivers>['CostComparisonDrivers']>[number];

/** AWS gives ten groups a page at $0.01; the largest come first. What the rest would have said is the remainder. */
const MOST_PAGES = 10;

/** Why a month that is over differs from the one before. */
export async function pullComparison(
  aws: Aws,
  connection: Connection,
  comparison: Month,
  options: PullOptions,
): Promise<MonthComparison> {
  const baseline = addMonths(comparison, -1);
  const months = {
    BaselineTimePeriod: intervalOf(baseline),
    ComparisonTimePeriod: intervalOf(comparison),
    MetricForComparison: METRIC,
  };
  const [total] = await askAll(
    { aws, connection, options },
    {
      operation: 'GetCostAndUsageComparisons',
      send: (client, sdk, _token, http) =>
        client.send(new sdk.GetCostAndUsageComparisonsCommand({ ...months, MaxResults: 1 }), http),
      schema: Totals,
      tokenOf: () => null,
    },
  );
  let pages = 0;
  const answers = await askAll(
    { aws, connection, options },
    {
      operation: 'GetCostComparisonDrivers',
      send: (client, sdk, NextPageToken, http) =>
        client.send(new sdk.GetCostComparisonDriversCommand({ ...months, MaxResults: 10, NextPageToken }), http),
      schema: Drivers,
      tokenOf: (answer) => (++pages < MOST_PAGES ? answer.NextPageToken : null),
    },
  );
  return readable(() => {
    const sums = amountsOf(total?.TotalCostAndUsage);
    const drivers = answers.flatMap((answer) => answer.CostComparisonDrivers ?? []).flatMap(driversOf);
    return { baseline, comparison, total: sums, drivers };
  });
}

export function driversOf({ CostSelector, CostDrivers }: Selected): ComparisonDriver[] {
  const parts = [...(CostSelector?.And ?? []), ...(CostSelector ? [CostSelector] : [])];
  const valueFor = (key: string): string | null => {
    const values = parts.find(({ Dimensions }) => Dimensions?.Key === key)?.Dimensions?.Values ?? [];
    return values.length === 1 && values[0] ? oneLine(values[0], 1024) : null;
  };
  return (CostDrivers ?? []).map(({ Type, Name, Metrics: metrics }) => ({
    serviceName: valueFor('SERVICE'),
    usageType: valueFor('USAGE_TYPE'),
    type: oneLine(Type, 100),
    name: oneLine(Name ?? '', 1024),
    ...amountsOf(metrics),
  }));
}

function amountsOf(metrics: Metrics | undefined) {
  const figures = metrics?.[METRIC];
  if (!figures || !/^[A-Z]{3}$/.test(figures.Unit)) throw new UnreadableRow('an amount or its currency is missing');
  return {
    baseline: decimalOf(figures.BaselineTimePeriodAmount),
    comparison: decimalOf(figures.ComparisonTimePeriodAmount),
    difference: decimalOf(figures.Difference),
    currency: figures.Unit,
  };
}

function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UnreadableRow)) throw error;
    throw unreadable('The comparison of two months by Cost Explorer could not be read', error.message);
  }
}

function intervalOf(month: Month): { Start: string; End: string } {
  const { start, end } = periodOfMonth(month);
  return { Start: start, End: end };
}
