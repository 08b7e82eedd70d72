import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import type { Caller, World } from '../world.ts';
import { type ChargeTable, type Chunk, COLUMNS, type ColumnName } from './charge-table.ts';
import { WideColumn } from './exact-sums.ts';

/** A billing group of Billing Conductor: its accounts, each with the whole percent that its costs are marked up by. */
export interface BillingView {
  readonly arn: string;
  readonly markUpPercent: Readonly<Record<string, number>>;
}

/** As the service model has it. */
export const billingViewSchema = z
  .string()
  .min(20)
  .max(2048)
  .regex(/^arn:aws[a-z-]*:(billing)::[0-9]{12}:billingview\/[-a-zA-Z0-9/:_+=.@]{1,75}$/)
  .optional();

/** What every sandbox has when it is told nothing: one group of all member accounts, 8 % above what AWS bills. */
export function defaultViews(payerAccountId: string, memberAccountIds: readonly string[]): readonly BillingView[] {
  const arn = `arn:aws:billing::${payerAccountId}:billingview/billing-group-${payerAccountId}`;
  return [{ arn, markUpPercent: Object.fromEntries(memberAccountIds.map((accountId) => [accountId, 8])) }];
}

/** The view that was asked for; null: the caller's own, which is what AWS bills. Views are the payer's. */
export function viewAsked(arn: string | undefined, caller: Caller, { billingViews, payerAccountId }: World): BillingView | null {
  if (arn === undefined || arn === `arn:aws:billing::${payerAccountId}:billingview/primary`) return null;
  const view = billingViews.find((known) => known.arn === arn);
  if (!view) throw new Refusal('ResourceNotFoundException', `Billing view ${arn} does not exist`);
  if (caller.accountId !== payerAccountId || caller.mayDo?.('billing:GetBillingViewData') === false) {
    throw new Refusal(
      'AccessDeniedException',
      `User: ${caller.arn} is not authorized to perform: billing:GetBillingViewData on resource: ${arn}`,
    );
  }
  return view;
}

/** The bill at pro forma rates: line by line, so that every grouping still agrees with every other to the last digit. */
export function proForma(table: ChargeTable, { markUpPercent }: BillingView): ChargeTable {
  const percents = table.series.map(({ accountId }) => BigInt(100 + (markUpPercent[accountId] ?? 0)));
  return { ...table, chunks: table.chunks.map((chunk) => markedUp(chunk, percents)) };
}

function markedUp(chunk: Chunk, percents: readonly bigint[]): Chunk {
  const columnOf = (name: ColumnName): WideColumn => {
    if (name === 'usageQuantity') return chunk.columns[name];
    const column = new WideColumn(chunk.slots.length);
    for (let row = 0; row < chunk.length; row++) {
      column.set(row, (chunk.columns[name].value(row) * (percents[chunk.series[row] ?? 0] ?? 100n)) / 100n);
    }
    return column;
  };
  const columns = Object.fromEntries(COLUMNS.map((name) => [name, columnOf(name)])) as Record<ColumnName, WideColumn>;
  return { ...chunk, columns };
}
