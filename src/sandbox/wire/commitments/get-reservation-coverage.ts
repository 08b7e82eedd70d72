import { z } from 'zod';
import type { Exact } from '../../../kernel/money.ts';
import { openBill } from '../cost-explorer/bill.ts';
import type { Series } from '../cost-explorer/charge-table.ts';
import { instanceTypeOf } from '../cost-explorer/dimensions.ts';
import { expressionSchema } from '../cost-explorer/expression.ts';
import { intervalSchema } from '../cost-explorer/time-period.ts';
import { invalid } from '../refusal.ts';
import { readInput } from '../validate.ts';
import type { Operation } from '../world.ts';
import { partsOf, readUsePeriod, timePeriod } from './period.ts';
import { reservationFilter } from './reservation-use.ts';
import { PLAIN_RULES } from './rules.ts';
import { commitmentPage, percent, type Sum, sumsOf, text, total } from './sums.ts';

/** What coverage is grouped by that this bill can tell; AWS has AZ, TENANCY and the like besides. */
const GROUPS: Readonly<Record<string, string>> = {
  LINKED_ACCOUNT: 'linkedAccount',
  REGION: 'region',
  INSTANCE_TYPE: 'instanceType',
  DATABASE_ENGINE: 'databaseEngine',
  PLATFORM: 'platform',
  OPERATING_SYSTEM: 'operatingSystem',
};
const METRICS = ['Hour', 'Unit', 'Cost'] as const;

const schema = z.object({
  TimePeriod: intervalSchema,
  Granularity: z.enum(['DAILY', 'MONTHLY', 'HOURLY']).optional(),
  GroupBy: z.array(z.object({ Type: z.literal('DIMENSION'), Key: z.string() })).default([]),
  Filter: expressionSchema.optional(),
  Metrics: z.array(z.enum(METRICS)).default([...METRICS]),
  MaxResults: z.int().min(1).default(1000),
  NextPageToken: z.string().optional(),
});

/** How many instance hours of one service ran under reservations, and how many on demand. Hours that Savings Plans cover are neither. */
export const getReservationCoverage: Operation = async (given, caller, world) => {
  const input = readInput(schema, given);
  if (input.GroupBy.length > 0 && input.Granularity) throw invalid("Granularity and GroupBy can't be used together");
  const strange = input.GroupBy.find(({ Key }) => !(Key in GROUPS));
  if (strange)
    throw invalid(`Group Definition dimension ${strange.Key} is invalid. Valid values are ${Object.keys(GROUPS).join(', ')}`);
  const parts = partsOf(readUsePeriod(input.TimePeriod, world.estate.asOf), input.Granularity);
  const bill = await openBill(world, caller, PLAIN_RULES);
  const matches = reservationFilter(bill, input.Filter);
  const groupBy = [...input.GroupBy.map(({ Key }) => bill.readers.dimension(Key)), ({ recordType }: Series) => recordType];
  const sums = sumsOf(bill, parts, groupBy, (series) => isInstanceHour(series) && matches(series));
  const groups = [...Map.groupBy(sums, (sum) => JSON.stringify([sum.part, sum.keys.slice(0, -1)])).values()];
  const paging = { token: input.NextPageToken || undefined, size: input.MaxResults };
  const { page, nextToken } = commitmentPage('GetReservationCoverage', groups, input, paging, caller, world);
  const attributes = ([first]: readonly Sum[]) =>
    Object.fromEntries(input.GroupBy.map(({ Key }, index) => [GROUPS[Key] ?? Key, first?.keys[index] ?? '']));
  const CoveragesByTime = parts.map((part, index) => {
    const own = input.GroupBy.length === 0 ? [] : page.filter(([first]) => first?.part === index);
    return {
      TimePeriod: timePeriod(part),
      Groups: own.map((group) => ({ Attributes: attributes(group), Coverage: coverageOf(group, input.Metrics) })),
      Total: coverageOf(
        sums.filter((sum) => sum.part === index),
        input.Metrics,
      ),
    };
  });
  return { CoveragesByTime, Total: coverageOf(sums, input.Metrics), ...(nextToken && { NextPageToken: nextToken }) };
};

function isInstanceHour({ recordType, usageType }: Series): boolean {
  return (recordType === 'DiscountedUsage' || recordType === 'Usage') && instanceTypeOf(usageType) !== undefined;
}

function coverageOf(sums: readonly Sum[], metrics: readonly (typeof METRICS)[number][]) {
  const of = (recordType: string, read: (sum: Sum) => Exact): Exact =>
    total(
      sums.filter((sum) => sum.keys.at(-1) === recordType),
      read,
    );
  const [reserved, onDemand] = [of('DiscountedUsage', (sum) => sum.hours), of('Usage', (sum) => sum.hours)];
  const [reservedUnits, onDemandUnits] = [of('DiscountedUsage', (sum) => sum.units), of('Usage', (sum) => sum.units)];
  return {
    ...(metrics.includes('Hour') && {
      CoverageHours: {
        OnDemandHours: text(onDemand),
        ReservedHours: text(reserved),
        TotalRunningHours: text(onDemand.plus(reserved)),
        CoverageHoursPercentage: percent(reserved, onDemand.plus(reserved)),
      },
    }),
    ...(metrics.includes('Unit') && {
      CoverageNormalizedUnits: {
        OnDemandNormalizedUnits: text(onDemandUnits),
        ReservedNormalizedUnits: text(reservedUnits),
        TotalRunningNormalizedUnits: text(onDemandUnits.plus(reservedUnits)),
        CoverageNormalizedUnitsPercentage: percent(reservedUnits, onDemandUnits.plus(reservedUnits)),
      },
    }),
    ...(metrics.includes('Cost') && { CoverageCost: { OnDemandCost: text(of('Usage', (sum) => sum.unblended)) } }),
  };
}
