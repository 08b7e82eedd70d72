import type { SavingsplansClient } from '@aws-sdk/client-savingsplans';
import { asker } from '../asker.ts';
import { SAVINGS_PLANS_REGION } from '../clients.ts';

export const savingsPlans = asker<SavingsplansClient, typeof import('@aws-sdk/client-savingsplans')>({
  service: 'savingsPlans',
  regionOf: () => SAVINGS_PLANS_REGION,
  client: (clients, connection) => clients.savingsPlans(connection),
  sdk: () => import('@aws-sdk/client-savingsplans'),
});
