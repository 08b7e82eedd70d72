import { type Tariff, tariff } from '../tariff-line.ts';

const EC2 = ['Amazon Elastic Compute Cloud - Compute', 'AmazonEC2'] as const;
const EC2_OTHER = ['EC2 - Other', 'AmazonEC2'] as const;
const SAGEMAKER = ['Amazon SageMaker', 'AmazonSageMaker'] as const;

export const computeTariffs = {
  unusedCapacity: tariff(EC2, 'Compute Instance', ['UnusedBox:m5.large', 'RunInstances', 'Hrs'], ['0.096', '0.124'], {
    capacitystatus: 'UnusedCapacityReservation',
    tenancy: 'Shared',
  }),
  cpuCreditsT3: tariff(EC2_OTHER, 'CPU Credits', ['CPUCredits:t3', 'T3CPUCredits', 'vCPU-Hours'], ['0.05', '0.05']),
  endpointHours: tariff(SAGEMAKER, 'ML Instance', ['Host:ml.m5.xlarge', 'RunInstance', 'Hrs'], ['0.23', '0.298']),
  notebookHours: tariff(SAGEMAKER, 'ML Instance', ['Notebk:ml.m5.xlarge', 'RunInstance', 'Hrs'], ['0.23', '0.298']),
  notebookDisk: tariff(SAGEMAKER, 'ML Storage', ['Notebk:VolumeUsage.gp2', 'CreateVolume-Gp2', 'GB-Mo'], ['0.14', '0.168']),
} as const satisfies Record<string, Tariff>;
