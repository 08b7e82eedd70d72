import type { ComputeOptimizerClient } from '@aws-sdk/client-compute-optimizer';
import { asker } from '../asker.ts';

export const computeOptimizer = asker<ComputeOptimizerClient, typeof import('@aws-sdk/client-compute-optimizer')>({
  service: 'computeOptimizer',
  regionOf: ({ regionId }) => regionId,
  client: (clients, connection, regionId) => clients.computeOptimizer(connection, regionId),
  sdk: () => import('@aws-sdk/client-compute-optimizer'),
});
