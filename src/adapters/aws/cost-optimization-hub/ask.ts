import type { CostOptimizationHubClient } from '@aws-sdk/client-cost-optimization-hub';
import { asker } from '../asker.ts';
import { HUB_REGION } from '../clients.ts';

export const hub = asker<CostOptimizationHubClient, typeof import('@aws-sdk/client-cost-optimization-hub')>({
  service: 'costOptimizationHub',
  regionOf: () => HUB_REGION,
  client: (clients, connection) => clients.costOptimizationHub(connection),
  sdk: () => import('@aws-sdk/client-cost-optimization-hub'),
});
