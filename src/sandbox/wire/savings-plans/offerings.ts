import { fingerprintUuid } from '../../../kernel/fingerprint.ts';
import { OFFERS, type Offer, offerRate, type PaymentOption, type TermYears } from '../../estate/prices/offers.ts';
import type { Estate, SandboxPlanRate, TenBillionths } from '../../estate/types.ts';

export const PLAN_TYPES = ['Compute', 'EC2Instance', 'SageMaker', 'Database'] as const;
export type PlanType = 'Compute' | 'EC2Instance' | 'Database';

/** A plan on sale. Only an EC2 Instance plan has family and region. */
export interface Offering extends Offer {
  readonly planType: PlanType;
  readonly family: string | null;
  readonly regionId: string | null;
}

/** What one plan on sale charges for one kind of usage. */
export interface OfferingRate {
  readonly offering: Offering;
  readonly usage: SandboxPlanRate;
  readonly rate: TenBillionths;
}

const SECONDS_PER_YEAR = 31_536_000;

export function durationSeconds({ termYears }: Offer): number {
  return termYears * SECONDS_PER_YEAR;
}

export function offeringId(
  planType: PlanType,
  offer: { readonly termYears: TermYears; readonly paymentOption: PaymentOption },
  family: string | null = null,
  regionId: string | null = null,
): string {
  return fingerprintUuid(
    'savings plan offering',
    planType,
    String(offer.termYears),
    offer.paymentOption,
    family ?? '',
    regionId ?? '',
  );
}

export const idOf = ({ planType, family, regionId, ...offer }: Offering): string => offeringId(planType, offer, family, regionId);

export function familyOf(instanceType: string): string {
  return instanceType.slice(0, instanceType.indexOf('.'));
}

const known = new WeakMap<Estate, readonly OfferingRate[]>();

/** Every rate of every plan on sale, in an order that never changes. */
export function offeringRates(estate: Estate): readonly OfferingRate[] {
  const rates =
    known.get(estate) ?? OFFERS.flatMap((offer) => estate.savingsPlanRates().flatMap((usage) => ratesOf(offer, usage)));
  known.set(estate, rates);
  return rates;
}

function ratesOf(offer: Offer, usage: SandboxPlanRate): OfferingRate[] {
  return [...floatingRates(offer, usage), ...instanceRates(offer, usage)];
}

function floatingRates(offer: Offer, usage: SandboxPlanRate): OfferingRate[] {
  const rates: OfferingRate[] = [];
  const place = { ...offer, family: null, regionId: null };
  if (usage.compute !== null) {
    rates.push({ offering: { ...place, planType: 'Compute' }, usage, rate: offerRate(usage.compute, offer) });
  }
  // Sold for one year and without a fee alone (Savings Plans user guide, "types", read 2026-11).
  if (usage.database !== null && offer.termYears === 1 && offer.paymentOption === 'No Upfront') {
    rates.push({ offering: { ...place, planType: 'Database' }, usage, rate: usage.database });
  }
  return rates;
}

function instanceRates(offer: Offer, usage: SandboxPlanRate): OfferingRate[] {
  if (usage.ec2Instance === null || usage.instanceType === null) return [];
  const offering: Offering = {
    ...offer,
    planType: 'EC2Instance',
    family: familyOf(usage.instanceType),
    regionId: usage.regionId,
  };
  return [{ offering, usage, rate: offerRate(usage.ec2Instance, offer) }];
}
