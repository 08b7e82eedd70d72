import { invalid } from '../refusal.ts';
import type { Caller, World } from '../world.ts';
import { overlayOf } from './bill-faults.ts';
import { type BillingView, viewAsked } from './billing-view.ts';
import type { ChargeTable } from './charge-table.ts';
import type { Overlay } from './cost-cells.ts';
import { costCategoryReader, dimensionReaders, type Reader, tagReader } from './dimensions.ts';
import type { Predicate, Readers } from './expression.ts';

/** The bill as one caller sees it: a linked account sees its own lines alone. */
export interface Bill {
  readonly table: ChargeTable;
  readonly overlay: Overlay;
  readonly readers: Readers;
  readonly mayRead: Predicate;
}

export interface BillRules {
  readonly allowsResourceId: boolean;
  readonly matchOptions: ReadonlySet<string>;
  /** Where the bill is asked by the hour. */
  readonly byHour?: boolean;
}

/** `billingViewArn`: the view that was asked for; undefined is the caller's own. */
export async function openBill(world: World, caller: Caller, rules: BillRules, billingViewArn?: string): Promise<Bill> {
  const view = viewAsked(billingViewArn, caller, world);
  if (view && rules.byHour) throw invalid('The sandbox keeps no hours of a billing view');
  const own = rules.byHour ? world.hours : world.charges;
  const table = view ? await world.proForma(view) : await own();
  const dimensions = dimensionReaders(world.estate);
  return {
    table,
    overlay: overlayOf(world.faults.billFaults(), table, dimensions),
    readers: {
      dimension: (key) => dimensionReader(dimensions, key, rules),
      tag: tagReader(world.estate),
      costCategory: costCategoryReader(world.estate),
      matchOptions: rules.matchOptions,
    },
    mayRead: readable(view, caller, world),
  };
}

function readable(view: BillingView | null, caller: Caller, world: World): Predicate {
  if (view) return (series) => Object.hasOwn(view.markUpPercent, series.accountId);
  if (caller.accountId === world.payerAccountId) return () => true;
  return (series) => series.accountId === caller.accountId;
}

function dimensionReader(dimensions: ReadonlyMap<string, Reader>, key: string, { allowsResourceId }: BillRules): Reader {
  const reader = dimensions.get(key);
  if (!reader || (key === 'RESOURCE_ID' && !allowsResourceId)) throw invalid(`Dimension ${key} is not allowed.`);
  return reader;
}
