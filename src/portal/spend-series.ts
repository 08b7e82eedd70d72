import type { Answers } from './api.ts';
import { sumOf } from './money.ts';

export type Spend = Answers['spend']['summary'];

const SHOWN_SERVICES = 7;

/** The same numbers for the chart and for the table: the largest services of the whole time by name, the rest together. */
export interface SpendSeries {
  readonly months: readonly Spend['months'][number][];
  readonly services: readonly { readonly name: string; readonly costs: readonly string[] }[];
}

export function seriesOf(spend: Spend, otherName: string): SpendSeries {
  const totals = new Map<string, number>();
  for (const month of spend.months)
    for (const { serviceName, cost } of month.services)
      totals.set(serviceName, (totals.get(serviceName) ?? 0) + Math.abs(Number(cost)));
  const names = [...totals].toSorted((a, b) => b[1] - a[1]).map(([name]) => name);
  const shown = names.slice(0, SHOWN_SERVICES);
  const rest = names.slice(SHOWN_SERVICES);
  const costsOf = (wanted: readonly string[]): string[] =>
    spend.months.map((month) =>
      sumOf(month.services.filter(({ serviceName }) => wanted.includes(serviceName)).map(({ cost }) => cost)),
    );
  return {
    months: spend.months,
    services: [
      ...shown.map((name) => ({ name, costs: costsOf([name]) })),
      ...(rest.length > 0 ? [{ name: otherName, costs: costsOf(rest) }] : []),
    ],
  };
}
