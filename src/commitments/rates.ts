import { AdvisorError } from '../kernel/failure.ts';
import { oneLine } from '../kernel/text.ts';

/** What a plan costs per on-demand dollar that it covers, any upfront spread over the term: 0.72 is a discount of 28 %. */
export interface PlanRate {
  /** As its source writes it: "Compute", "EC2Instance", "COMPUTE_SP", "ReservedInstances" … */
  readonly planType: string;
  /** Which usage; '' is every family. */
  readonly family: string;
  readonly termYears: number;
  readonly paymentOption: string;
  readonly rate: number;
}

/** Of one kind, one term and one way to pay: what one can buy. */
export interface Offer {
  readonly planType: string;
  readonly termYears: number;
  readonly paymentOption: string;
}

/** A family's plan covers one family alone; a pool's commitment goes to whichever of its families saves most. */
export type PlanScope = 'family' | 'pool';

/** AWS's plan types, read 2026-11: Savings Plans user guide, "types"; reservations are bought family by family. */
const SCOPES: ReadonlyMap<string, PlanScope> = new Map([
  ['compute', 'pool'],
  ['sagemaker', 'pool'],
  ['sagemakerai', 'pool'],
  ['database', 'pool'],
  ['ec2instance', 'family'],
  ['instance', 'family'],
  ['reserved', 'family'],
  ['reservedinstance', 'family'],
  ['reservation', 'family'],
  ['ri', 'family'],
]);

export function scopeOf(planType: string): PlanScope {
  const word = planType
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/(savingsplans?|sp|s)$/, '');
  const scope = SCOPES.get(word);
  if (scope) return scope;
  throw new AdvisorError(
    'INVALID_INPUT',
    `"${oneLine(planType, 40)}" is no type of commitment`,
    'Write Compute, EC2Instance, SageMaker, Database or ReservedInstances.',
  );
}

export function offerKey({ planType, termYears, paymentOption }: Offer): string {
  return `${planType}\n${termYears}\n${paymentOption}`;
}

export const offerOf = ({ planType, termYears, paymentOption }: PlanRate): Offer => ({ planType, termYears, paymentOption });

/** The rate of each family under one offer; NaN where it has none. A rate for the family goes before one for all. */
export function ratesOf(rates: readonly PlanRate[], offer: Offer, families: readonly string[]): Float64Array {
  const own = rates.filter((rate) => offerKey(rate) === offerKey(offer));
  const byFamily = new Map(own.map(({ family, rate }) => [family, rate]));
  return Float64Array.from(families, (family) => byFamily.get(family) ?? byFamily.get('') ?? Number.NaN);
}

/** The cheapest offer of each family among plans of one family; of equal ones the shorter term, then less upfront. */
export function cheapestOffers(
  rates: readonly PlanRate[],
  families: readonly string[],
): { readonly rates: Float64Array; readonly offers: readonly (Offer | null)[] } {
  const offers = offersOf(rates, 'family').map((offer) => ({ offer, rates: ratesOf(rates, offer, families) }));
  const best = families.map((_, family) =>
    offers
      .filter((item) => Number.isFinite(item.rates[family]))
      .reduce<{ offer: Offer; rate: number } | null>((cheapest, item) => {
        const rate = item.rates[family] as number;
        return cheapest === null || rate < cheapest.rate ? { offer: item.offer, rate } : cheapest;
      }, null),
  );
  return { rates: Float64Array.from(best, (item) => item?.rate ?? Number.NaN), offers: best.map((item) => item?.offer ?? null) };
}

const UPFRONT = ['noupfront', 'partialupfront', 'allupfront'];

/** Offers of a scope, each once: shorter terms first, less upfront first, then by name. */
export function offersOf(rates: readonly PlanRate[], scope: PlanScope): readonly Offer[] {
  const offers = new Map(rates.filter((rate) => scopeOf(rate.planType) === scope).map((rate) => [offerKey(rate), offerOf(rate)]));
  const upfront = ({ paymentOption }: Offer): number => UPFRONT.indexOf(paymentOption.toLowerCase().replace(/[^a-z]/g, ''));
  return [...offers.values()].sort(
    (a, b) => a.termYears - b.termYears || upfront(a) - upfront(b) || (offerKey(a) < offerKey(b) ? -1 : 1),
  );
}
