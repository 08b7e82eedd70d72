import { type Tariff, tariff } from '../tariff-line.ts';

const EKS = ['Amazon Elastic Container Service for Kubernetes', 'AmazonEKS'] as const;

export const licenceTariffs = {
  clusterHours: tariff(EKS, 'Compute', ['AmazonEKS-Hours:perCluster', 'CreateOperation', 'Hours'], ['0.10', '0.10']),
  clusterExtendedSupport: tariff(
    EKS,
    'Compute',
    ['AmazonEKS-Hours:extendedSupport', 'ExtendedSupport', 'Hours'],
    ['0.50', '0.50'],
  ),
} as const satisfies Record<string, Tariff>;
