import type { CommitmentSource } from '../../operations/ports/commitment-source.ts';
import { pullPlanUse } from './commitment-use/pull-plan-use.ts';
import { pullReservationUse } from './commitment-use/pull-reservation-use.ts';
import type { Aws } from './request.ts';
import { pullSavingsPlans } from './savings-plans/pull.ts';

/** AWS on commitments: what is owned, how it is used. */
export function commitmentSource(aws: Aws): CommitmentSource {
  return {
    savingsPlans: (connection, options) => pullSavingsPlans(aws, connection, options),
    planUse: (connection, question, options) => pullPlanUse({ aws, connection, options }, question),
    reservationUse: (connection, question, options) => pullReservationUse({ aws, connection, options }, question),
  };
}
