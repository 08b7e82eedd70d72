import { z } from 'zod';
import { requestIdentity } from '../page-token.ts';
import { invalid, Refusal } from '../refusal.ts';
import type { Caller, World } from '../world.ts';
import { type Bill, openBill } from './bill.ts';
import { billingViewSchema } from './billing-view.ts';
import { addUp, METRICS } from './cost-cells.ts';
import type { Reader } from './dimensions.ts';
import { compileExpression, expressionSchema, MATCH_OPTIONS } from './expression.ts';
import { intervalSchema, readPeriod } from './time-period.ts';

export const listInputSchema = z.object({
  TimePeriod: intervalSchema,
  SearchString: z.string().optional(),
  Filter: expressionSchema.optional(),
  SortBy: z.array(z.object({ Key: z.string(), SortOrder: z.enum(['ASCENDING', 'DESCENDING']).default('ASCENDING') })).default([]),
  MaxResults: z.int().min(1).max(1000).default(1000),
  NextPageToken: z.string().optional(),
  BillingViewArn: billingViewSchema,
});
export type ListInput = z.output<typeof listInputSchema>;

export interface ValuePage {
  readonly values: readonly string[];
  /** ReturnSize, TotalSize and, where more follows, NextPageToken. */
  readonly envelope: { readonly ReturnSize: number; readonly TotalSize: number; readonly NextPageToken?: string };
}

/** The values that a period of the bill shows when it is read in one way: what GetDimensionValues and GetTags have in common. */
export async function listValues(
  operation: string,
  input: ListInput,
  caller: Caller,
  world: World,
  readerOf: (bill: Bill) => { readonly read: Reader; readonly spread?: (value: string) => readonly string[] },
): Promise<ValuePage> {
  const period = readPeriod(input.TimePeriod, world.estate.asOf);
  const rules = { allowsResourceId: false, matchOptions: new Set(MATCH_OPTIONS) };
  const bill = await openBill(world, caller, rules, input.BillingViewArn);
  const matches = input.Filter ? compileExpression(input.Filter, bill.readers) : () => true;
  const { read, spread = (value: string) => [value] } = readerOf(bill);
  const sortMetric = METRICS.find((metric) => metric === input.SortBy[0]?.Key);
  if (input.SortBy.length > 1 || (input.SortBy[0] && !sortMetric)) throw invalid(`SortBy must be one of ${METRICS.join(', ')}`);
  const cells = addUp(bill.table, bill.overlay, {
    periods: [period],
    metrics: [sortMetric ?? 'UnblendedCost'],
    groupBy: [read],
    accepts: (series) => bill.mayRead(series) && matches(series),
  });
  const amounts = Array.from(cells.cells, (cell) => ({
    value: cells.keysOf(cell)[0] ?? '',
    amount: Number(Object.values(cells.metricsOf(cell))[0]?.Amount),
  }));
  if (sortMetric)
    amounts.sort((a, b) => (input.SortBy[0]?.SortOrder === 'DESCENDING' ? b.amount - a.amount : a.amount - b.amount));
  const values = [...new Set(amounts.flatMap(({ value }) => spread(value)))];
  const wanted = (input.SearchString ?? '').toLowerCase();
  const found = values.filter((value) => value.toLowerCase().includes(wanted));
  return pageOf(found, requestIdentity(operation, caller.accountId, '', input), input, world);
}

function pageOf(values: readonly string[], identity: string, input: ListInput, { tokens }: World): ValuePage {
  const place = input.NextPageToken ? tokens.read(identity, input.NextPageToken) : { offset: 0, afterEmptyPage: false };
  if (place === 'garbage') throw new Refusal('InvalidNextTokenException', 'Invalid page token');
  if (place === 'changed') throw new Refusal('RequestChangedException', 'Your request parameters changed between pages');
  const end = place.offset + input.MaxResults;
  const page = values.slice(place.offset, end);
  const next = end < values.length ? { NextPageToken: tokens.issue(identity, { offset: end, afterEmptyPage: false }) } : {};
  return { values: page, envelope: { ReturnSize: page.length, TotalSize: values.length, ...next } };
}
