import { Exact, plain } from '../../src/kernel/money.ts';
import type { TenBillionths } from '../../src/sandbox/estate/types.ts';

export function decimal(amount: TenBillionths): string {
  return plain(new Exact(amount.toString()).div(10_000_000_000));
}
