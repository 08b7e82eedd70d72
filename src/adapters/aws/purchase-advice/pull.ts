import type { LookbackPeriodInDays, PaymentOption, SupportedSavingsPlansType } from '@aws-sdk/client-cost-explorer';
import type { PlanPurchaseAdvice, ReservationPurchaseAdvice } from '../../../ledger/purchase-advice.ts';
import type { FactPull, PlanAdviceQuestion, ReservationAdviceQuestion } from '../../../operations/ports/commitment-source.ts';
import { type Asking, askAll } from '../commitment-use/ask.ts';
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
/** The most that AWS takes is 6000 (service model of 2026-08); each page costs money. */
const PAGE_SIZE = 1000;

function common({ termYears, paymentOption, lookbackDays, accountScope }: PlanAdviceQuestion | ReservationAdviceQuestion) {
  return {
    TermInYears: termYears === 1 ? ('ONE_YEAR' as const) : ('THREE_YEARS' as const),
    PaymentOption: PAYMENTS[paymentOption] satisfies PaymentOption,
    LookbackPeriodInDays: LOOKBACKS[lookbackDays] satisfies LookbackPeriodInDays,
    AccountScope: accountScope === 'payer' ? ('PAYER' as const) : ('LINKED' as const),
    PageSize: PAGE_SIZE,
  };
}

/**
 * What AWS last worked out for this question. Working it out anew would be an order to AWS and not a question, and we only read: the
 * answer says when it was made.
 */
export async function pullPlanAdvice(asking: Asking, question: PlanAdviceQuestion): Promise<FactPull<PlanPurchaseAdvice>> {
  const SavingsPlansType = TYPES[question.planType] satisfies SupportedSavingsPlansType;
  const pages = await askAll(
    asking,
    'GetSavingsPlansPurchaseRecommendation',
    PlanAnswer,
    (client, sdk, NextPageToken, abortSignal) =>
      client.send(
        new sdk.GetSavingsPlansPurchaseRecommendationCommand({
          SavingsPlansType,
          ...common(question),
          ...(NextPageToken && { NextPageToken }),
        }),
        { abortSignal },
      ),
  );
  return planAdviceOf(question, pages);
}

export async function pullReservationAdvice(
  asking: Asking,
  question: ReservationAdviceQuestion,
): Promise<FactPull<ReservationPurchaseAdvice>> {
  const OfferingClass = question.offeringClass === 'convertible' ? ('CONVERTIBLE' as const) : ('STANDARD' as const);
  const pages = await askAll(
    asking,
    'GetReservationPurchaseRecommendation',
    ReservationAnswer,
    (client, sdk, NextPageToken, abortSignal) =>
      client.send(
        new sdk.GetReservationPurchaseRecommendationCommand({
          Service: question.serviceName,
          ...common(question),
          ...(question.offeringClass && { ServiceSpecification: { EC2Specification: { OfferingClass } } }),
          ...(NextPageToken && { NextPageToken }),
        }),
        { abortSignal },
      ),
  );
  return reservationAdviceOf(question, pages);
}
