import type { Locale } from '../../../kernel/locale.ts';
import type { Plan } from '../../../plan/plan.ts';
import { cellOf } from './cells.ts';
import { headingOf, PLAN_COLUMNS, PLAN_VALUES, type PlanColumn } from './columns.ts';

type Workload = Plan['waves'][number]['workloads'][number];
type Row = readonly string[];

/** The plan's own values, a label and a value each. */
export function valueRows(plan: Plan, locale: Locale): readonly Row[] {
  const values: Readonly<Record<string, unknown>> = plan;
  return PLAN_VALUES.map((column) => [headingOf(column, locale), cellOf(values[column.id], column, locale)]);
}

/** Headings, then a row a line; wave and workload stand in each, what else is known of them in their first. */
export function lineRows(plan: Plan, locale: Locale): readonly Row[] {
  const headings = PLAN_COLUMNS.map((column) => headingOf(column, locale));
  const rows = plan.waves.flatMap((wave) =>
    wave.workloads.flatMap((workload, workloadIndex) => {
      const lines = workload.lines.length === 0 ? [null] : workload.lines;
      return lines.map((line, lineIndex) =>
        PLAN_COLUMNS.map((column) => {
          if (column.id === 'wave') return wave.name;
          if (column.id === 'workload') return workload.name;
          if (column.of === 'line') return cellOf((line as Values | null)?.[column.id], column, locale);
          if (column.of === 'wave')
            return workloadIndex + lineIndex > 0 ? '' : cellOf((wave as Values)[column.id], column, locale);
          return lineIndex > 0 ? '' : cellOf(factOf(workload, column), column, locale);
        }),
      );
    }),
  );
  return [headings, ...rows];
}

type Values = Readonly<Record<string, unknown>>;

function factOf(workload: Workload, { of, id }: PlanColumn): unknown {
  if (of === 'matches') return (workload.matches as Values)[id];
  if (of === 'hearing') return (workload.hearing as Values | null)?.[id];
  return (workload as Values)[id];
}
