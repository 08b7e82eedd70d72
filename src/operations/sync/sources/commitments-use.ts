import { PLAN_USE, pullPlanUse, pullReservationUse, RESERVATION_USE } from '../pull-commitment-use.ts';
import type { Source } from '../source.ts';
import { askedOn } from '../use-windows.ts';

/** How commitments are used and what they cover, as Cost Explorer says it. */
export const commitmentsUse: Source = {
  id: 'commitmentsUse',
  phase: 'facts',
  steps: 2,
  // They change slowly and each page costs money.
  everyDays: 7,
  lookedOn: askedOn,
  isPaid: true,
  runSources: [PLAN_USE, RESERVATION_USE],
  pull: async (context, plan) => ({
    entries: [...(await pullPlanUse(context, plan)), ...(await pullReservationUse(context, plan))],
  }),
};
