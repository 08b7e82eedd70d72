import { z } from 'zod';
import { addDays } from '../../../kernel/calendar.ts';
import { fingerprintUuid } from '../../../kernel/fingerprint.ts';
import { type Exact, exact, HOURS_PER_MONTH } from '../../../kernel/money.ts';
import { units } from '../../estate/amounts.ts';
import { feesOf, type Offer, offerRate, termHours } from '../../estate/prices/offers.ts';
import { EC2 } from '../commitments/reservation-use.ts';
import { PLAIN_RULES } from '../commitments/rules.ts';
import { commitmentPage, percent, sumsOf, text } from '../commitments/sums.ts';
import { openBill } from '../cost-explorer/bill.ts';
import { instanceTypeOf } from '../cost-explorer/dimensions.ts';
import { resultPeriods } from '../cost-explorer/time-period.ts';
import { readInput } from '../validate.ts';
import type { Operation, World } from '../world.ts';
import { generatedAt } from './generation.ts';
import { LOOKBACKS, type Lookback, PAYMENTS, TERMS } from './plan-question.ts';

const schema = z.object({
  Service: z.string(),
  AccountId: z.string().optional(),
  AccountScope: z.enum(['PAYER', 'LINKED']).default('PAYER'),
  TermInYears: z.enum(Object.keys(TERMS) as [keyof typeof TERMS]).default('ONE_YEAR'),
  PaymentOption: z.enum(Object.keys(PAYMENTS) as [keyof typeof PAYMENTS]).default('NO_UPFRONT'),
  LookbackPeriodInDays: z.enum(Object.keys(LOOKBACKS) as [Lookback]).default('THIRTY_DAYS'),
  ServiceSpecification: z
    .object({ EC2Specification: z.object({ OfferingClass: z.enum(['STANDARD', 'CONVERTIBLE']).default('STANDARD') }).optional() })
    .optional(),
  PageSize: z.int().min(0).max(6000).optional(),
  NextPageToken: z.string().optional(),
});
type Input = z.output<typeof schema>;
const PAGE = 20;

/**
 * How many instances AWS would reserve: day by day over the look-back, the number that would have saved most. AWS looks at hours; this bill
 * is read by day, so an instance that runs half of the day counts as half.
 */
export const getReservationPurchaseRecommendation: Operation = async (given, caller, world) => {
  const input = readInput(schema, given);
  const days = LOOKBACKS[input.LookbackPeriodInDays];
  const parts = resultPeriods({ start: addDays(world.estate.asOf, -days), end: world.estate.asOf }, 'DAILY');
  const bill = await openBill(world, caller, PLAIN_RULES);
  const isPayer = caller.accountId === world.payerAccountId;
  const accountOf = (accountId: string): string => (isPayer && input.AccountScope === 'PAYER' ? world.payerAccountId : accountId);
  const sums = sumsOf(
    bill,
    parts,
    [
      ({ accountId }) => accountOf(accountId),
      ({ regionId }) => regionId,
      ({ usageType }) => usageType,
      ({ operation }) => operation,
    ],
    (line) => line.recordType === 'Usage' && line.serviceName === input.Service && instanceTypeOf(line.usageType) !== undefined,
  );
  const groups = Map.groupBy(sums, (sum) => JSON.stringify(sum.keys));
  const details = [...groups.values()]
    .flatMap((group) =>
      detailOf(
        input,
        group[0]?.keys ?? [],
        group.map((sum) => sum.hours.div(24)),
        days,
        world,
      ),
    )
    .sort((a, b) => Number(b.EstimatedMonthlySavingsAmount) - Number(a.EstimatedMonthlySavingsAmount));
  const paging = { token: input.NextPageToken || undefined, size: input.PageSize || PAGE };
  const { PageSize: _, ...identity } = input;
  const { page, nextToken } = commitmentPage('GetReservationPurchaseRecommendation', details, identity, paging, caller, world);
  const { AccountScope, LookbackPeriodInDays, TermInYears, PaymentOption, ServiceSpecification } = input;
  return {
    Metadata: {
      RecommendationId: fingerprintUuid('reservation advice', JSON.stringify(identity)),
      GenerationTimestamp: generatedAt(world),
    },
    Recommendations:
      details.length === 0
        ? []
        : [
            {
              AccountScope,
              LookbackPeriodInDays,
              TermInYears,
              PaymentOption,
              ...(ServiceSpecification && { ServiceSpecification }),
              RecommendationDetails: page,
              RecommendationSummary: summaryOf(details),
            },
          ],
    ...(nextToken && { NextPageToken: nextToken }),
  };
};

function detailOf(input: Input, keys: readonly string[], counts: readonly Exact[], days: number, { estate }: World) {
  const [accountId = '', regionId = '', usageType = '', operation = ''] = keys;
  const price = estate
    .prices()
    .find(
      ({ attributes, regionId: at }) =>
        at === regionId && attributes.usagetype === usageType && attributes.operation === operation,
    );
  const isConvertible = input.ServiceSpecification?.EC2Specification?.OfferingClass === 'CONVERTIBLE';
  const base = isConvertible ? price?.reserved1yNoUpfrontConvertible : price?.reserved1yNoUpfrontStandard;
  if (!price || !base) return [];
  const offer: Offer = { termYears: TERMS[input.TermInYears], paymentOption: PAYMENTS[input.PaymentOption] };
  const rate = offerRate(units(base), offer);
  const [hourly, onDemand] = [exact(rate).div(10_000_000_000), exact(price.onDemand)];
  const number = bestNumber(counts, days, hourly, onDemand);
  if (number === 0) return [];
  const used = counts.reduce((all, count) => all.plus(count.lt(number) ? count : number), exact(0)).mul(24);
  const bought = exact(number * days * 24);
  const savings = used.mul(onDemand).minus(bought.mul(hourly));
  const ran = counts.reduce((all, count) => all.plus(count), exact(0));
  const monthly = (amount: Exact): Exact => amount.mul(HOURS_PER_MONTH).div(days * 24);
  const fees = feesOf(rate, offer);
  const upfront = exact(fees.upfront).div(10_000_000_000).mul(number);
  const perMonth = monthly(savings).plus(upfront.div(termHours(offer).toString()).mul(HOURS_PER_MONTH));
  return [
    {
      AccountId: accountId,
      InstanceDetails: instanceDetails(input.Service, price.attributes, regionId),
      RecommendedNumberOfInstancesToPurchase: String(number),
      MinimumNumberOfInstancesUsedPerHour: text(counts.length < days ? exact(0) : counts.reduce((a, b) => (a.lt(b) ? a : b))),
      MaximumNumberOfInstancesUsedPerHour: text(counts.reduce((a, b) => (a.gt(b) ? a : b))),
      AverageNumberOfInstancesUsedPerHour: text(ran.div(days)),
      AverageUtilization: percent(used, bought),
      EstimatedBreakEvenInMonths: text(upfront.isZero() ? exact(0) : upfront.div(perMonth)),
      CurrencyCode: 'USD',
      EstimatedMonthlySavingsAmount: text(monthly(savings)),
      EstimatedMonthlySavingsPercentage: percent(savings, ran.mul(24).mul(onDemand)),
      EstimatedMonthlyOnDemandCost: text(monthly(ran.mul(24).mul(onDemand))),
      EstimatedReservationCostForLookbackPeriod: text(bought.mul(hourly)),
      UpfrontCost: text(upfront),
      RecurringStandardMonthlyCost: text(exact(fees.recurring).div(10_000_000_000).mul(HOURS_PER_MONTH).mul(number)),
    },
  ];
}

/** One more pays as long as the days on which it runs are worth more than all days of its price. */
function bestNumber(counts: readonly Exact[], days: number, hourly: Exact, onDemand: Exact): number {
  let number = 0;
  for (;;) {
    const gained = counts.reduce((all, count) => all.plus(count.minus(number).clamp(0, 1)), exact(0));
    if (gained.mul(onDemand).lte(hourly.mul(days))) return number;
    number++;
  }
}

function instanceDetails(service: string, attributes: Readonly<Record<string, string>>, Region: string) {
  const { instanceType = '' } = attributes;
  const parts = instanceType.replace(/^db\./, '').split('.');
  const common = {
    Family: parts[0] ?? '',
    InstanceType: instanceType,
    Region,
    CurrentGeneration: attributes.currentGeneration !== 'No',
    SizeFlexEligible: true,
  };
  if (service === EC2) {
    const platform = attributes.operatingSystem === 'Linux' ? 'Linux/UNIX' : (attributes.operatingSystem ?? '');
    return { EC2InstanceDetails: { ...common, AvailabilityZone: '', Platform: platform, Tenancy: 'Shared' } };
  }
  const { databaseEngine = '', deploymentOption = '', licenseModel = '' } = attributes;
  return {
    RDSInstanceDetails: {
      ...common,
      DatabaseEngine: databaseEngine,
      DeploymentOption: deploymentOption,
      LicenseModel: licenseModel,
    },
  };
}

function summaryOf(
  details: readonly { readonly EstimatedMonthlySavingsAmount: string; readonly EstimatedMonthlyOnDemandCost: string }[],
) {
  const sum = (of: (detail: (typeof details)[number]) => string): Exact =>
    details.reduce((all, detail) => all.plus(of(detail)), exact(0));
  const savings = sum((detail) => detail.EstimatedMonthlySavingsAmount);
  return {
    TotalEstimatedMonthlySavingsAmount: text(savings),
    TotalEstimatedMonthlySavingsPercentage: percent(
      savings,
      sum((detail) => detail.EstimatedMonthlyOnDemandCost),
    ),
    CurrencyCode: 'USD',
  };
}
