import type { CommitmentSource } from '../../operations/ports/commitment-source.ts';
import { pullPlanUse } from './commitment-use/pull-plan-use.ts';
import { pullReservationUse } from './commitment-use/pull-reservation-use.ts';
import { pullPlanAdvice, pullReservationAdvice } from './purchase-advice/pull.ts';
import type { Aws } from './request.ts';
import { pullSavingsPlans } from './savings-plans/pull.ts';
import { pullRates } from './savings-plans/pull-rates.ts';

/** AWS on commitments: what is owned, how it is used, what AWS would buy. */
export function commitmentSource(aws: Aws): CommitmentSource {
  return {
    savingsPlans: (connection, options) => pullSavingsPlans(aws, connection, options),
    planUse: (connection, question, options) => pullPlanUse({ aws, connection, options }, question),
    reservationUse: (connection, question, options) => pullReservationUse({ aws, connection, options }, question),
    planRates: (connection, question, options) => pullRates(aws, connection, question, options),
    planAdvice: (connection, question, options) => pullPlanAdvice({ aws, connection, options }, question),
    reservationAdvice: (connection, question, options) => pullReservationAdvice({ aws, connection, options }, question),
  };
}
