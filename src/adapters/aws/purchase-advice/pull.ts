import type { LookbackPeriodInDays, PaymentOption, SupportedSavingsPlansType } from '@aws-sdk/client-cost-explorer';
import type { PlanPurchaseAdvice, ReservationPurchaseAdvice } from '../../../ledger/purchase-advice.ts';
import type { FactPull, PlanAdviceQuestion, ReservationAdviceQuestion } from '../../../operations/ports/commitment-source.ts';
import type { Asking } from '../asker.ts';
import { askAll } from '../cost-explorer/ask.ts';
import { ITEMS_A_PAGE } from '../pages.ts';
import { planAdviceOf, reservationAdviceOf } from './mapper.ts';
import { PlanAnswer, ReservationAnswer } from './schema.ts';

const TYPES = {
  Compute: 'COMPUTE_SP',
  EC2Instance: 'EC2_INSTANCE_SP',
  SageMaker: 'SAGEMAKER_SP',
  Database: 'DATABASE_SP',
} as const;
const PAYMENTS = { NoUpfront: 'NO_UPFRONT', PartialUpfront: 'PARTIAL_UPFRONT', AllUpfront: 'ALL_UPFRONT' } as const;
const LOOKBACKS = { 7: 'SEVEN_DAYS', 30: 'THIRTY_DAYS', 60: 'SIXTY_DAYS' } as const;

function common({ termYears, paymentOption, lookbackDays, accountScope }: PlanAdviceQuestion | ReservationAdviceQuestion) {
  return {
    TermInYears: termYears === 1 ? ('ONE_YEAR' as const) : ('THREE_YEARS' as const),
    PaymentOption: PAYMENTS[paymentOption] satisfies PaymentOption,
    LookbackPeriodInDays: LOOKBACKS[lookbackDays] satisfies LookbackPeriodInDays,
    AccountScope: accountScope === 'payer' ? ('PAYER' as const) : ('LINKED' as const),
    PageSize: ITEMS_A_PAGE,
  };
}

/**
 * What AWS last worked out for this question. Working it out anew would be an order to AWS and not a question, and we only read: the
 * answer says when it was made.
 */
export async function pullPlanAdvice(asking: Asking, question: PlanAdviceQuestion): Promise<FactPull<PlanPurchaseAdvice>> {
  const SavingsPlansType = TYPES[question.planType] satisfies SupportedSavingsPlansType;
  const pages = await askAll(asking, {
    operation: 'GetSavingsPlansPurchaseRecommendation',
    schema: PlanAnswer,
    send: (client, sdk, NextPageToken, http) =>
      client.send(
        new sdk.GetSavingsPlansPurchaseRecommendationCommand({
          SavingsPlansType,
          ...common(question),
          NextPageToken,
        }),
        http,
      ),
  });
  return planAdviceOf(question, pages);
}

export async function pullReservationAdvice(
  asking: Asking,
  question: ReservationAdviceQuestion,
): Promise<FactPull<ReservationPurchaseAdvice>> {
  const OfferingClass = question.offeringClass === 'convertible' ? ('CONVERTIBLE' as const) : ('STANDARD' as const);
  const pages = await askAll(asking, {
    operation: 'GetReservationPurchaseRecommendation',
    schema: ReservationAnswer,
    send: (client, sdk, NextPageToken, http) =>
      client.send(
        new sdk.GetReservationPurchaseRecommendationCommand({
          Service: question.serviceName,
          ...common(question),
          ...(question.offeringClass && { ServiceSpecification: { EC2Specification: { OfferingClass } } }),
          NextPageToken,
        }),
        http,
      ),
  });
  return reservationAdviceOf(question, pages);
}
