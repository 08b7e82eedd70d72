import { Exact, exact } from '../kernel/money.ts';
import { servicesPlannedAs } from '../ledger/service.ts';
import type { ActualUsage } from './bridge.ts';
import type { ExpectedLine } from './expected.ts';

/** What the lines with quantities explain of the difference between them and the usage that they name. */
export interface QuantitySplit {
  /** False: no line names a quantity that the bill shows too. */
  readonly isKnown: boolean;
  /** More or fewer units, at the planned price. */
  readonly growth: Exact;
  /** Dearer or cheaper units; with the discount, where the plan names none or list prices are not known. */
  readonly priceAndMix: Exact;
  /** null: the plan names no discount, or what the usage costs on demand is not known. */
  readonly discountNotBought: Exact | null;
}

const NOTHING = new Exact(0);

/** Each usage goes to the first line that names it, so that none is counted twice. */
export function splitByQuantity(expected: readonly ExpectedLine[], usage: readonly ActualUsage[]): QuantitySplit {
  const open = new Set(usage);
  let split: QuantitySplit = { isKnown: false, growth: NOTHING, priceAndMix: NOTHING, discountNotBought: null };
  for (const line of expected) {
    const own = [...open].filter((item) => isNamed(line, item));
    if (own.length === 0 || line.cost.isZero() || quantityOf(line).isZero()) continue;
    for (const item of own) open.delete(item);
    split = added(split, splitOf(line, own));
  }
  return split;
}

function isNamed({ line }: ExpectedLine, { serviceName, meterKind }: ActualUsage): boolean {
  if (line.usageType === null || line.quantity === null) return false;
  if (line.serviceName !== null && !servicesPlannedAs(line.serviceName).includes(serviceName)) return false;
  return line.usageType.endsWith('*') ? meterKind.startsWith(line.usageType.slice(0, -1)) : meterKind === line.usageType;
}

function quantityOf({ line, share }: ExpectedLine): Exact {
  return exact(line.quantity ?? '0').mul(share);
}

/** quantity x list x (1 - discount), one factor changed after the other: the three parts sum to the difference. */
function splitOf(expected: ExpectedLine, usage: readonly ActualUsage[]): QuantitySplit {
  const quantity = usage.reduce((sum, item) => sum.plus(item.quantity), NOTHING);
  const cost = usage.reduce((sum, item) => sum.plus(item.effectiveCost), NOTHING);
  const atPlannedPrice = expected.cost.mul(quantity).div(quantityOf(expected)).toDecimalPlaces(10);
  const growth = atPlannedPrice.minus(expected.cost);
  const onDemand = usage.every((item) => item.onDemandCost !== null)
    ? usage.reduce((sum, item) => sum.plus(item.onDemandCost ?? NOTHING), NOTHING)
    : null;
  const { discountRate } = expected.line;
  if (discountRate === null || onDemand === null) {
    return { isKnown: true, growth, priceAndMix: cost.minus(atPlannedPrice), discountNotBought: null };
  }
  const withPlannedDiscount = onDemand.mul(new Exact(1).minus(discountRate)).toDecimalPlaces(10);
  return {
    isKnown: true,
    growth,
    priceAndMix: withPlannedDiscount.minus(atPlannedPrice),
    discountNotBought: cost.minus(withPlannedDiscount),
  };
}

function added(a: QuantitySplit, b: QuantitySplit): QuantitySplit {
  const known = [a.discountNotBought, b.discountNotBought].filter((amount) => amount !== null);
  return {
    isKnown: a.isKnown || b.isKnown,
    growth: a.growth.plus(b.growth),
    priceAndMix: a.priceAndMix.plus(b.priceAndMix),
    discountNotBought: known.length === 0 ? null : known.reduce((sum, amount) => sum.plus(amount), NOTHING),
  };
}
