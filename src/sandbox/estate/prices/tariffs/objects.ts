import { type Tariff, tariff } from '../tariff-line.ts';

const S3 = ['Amazon Simple Storage Service', 'AmazonS3'] as const;
const DEEP_ARCHIVE = ['Amazon S3 Glacier Deep Archive', 'AmazonS3GlacierDeepArchive'] as const;
const GLACIER = ['Amazon Glacier', 'AmazonGlacier'] as const;
const EFS = ['Amazon Elastic File System', 'AmazonEFS'] as const;
const ECR = ['Amazon EC2 Container Registry (ECR)', 'AmazonECR'] as const;

const stored = (kind: string, operation: string) => [kind, operation, 'GB-Mo'] as const;

export const objectTariffs = {
  s3Infrequent: tariff(S3, 'Storage', stored('TimedStorage-SIA-ByteHrs', 'StandardIAStorage'), ['0.0125', '0.0138'], {
    storageClass: 'Infrequent Access',
  }),
  s3InfrequentRead: tariff(S3, 'Fee', ['Retrieval-SIA', 'GetObject', 'GB'], ['0.01', '0.01']),
  s3InfrequentEarly: tariff(S3, 'Fee', stored('EarlyDelete-SIA', 'EarlyDelete'), ['0.0125', '0.0138']),
  s3Reduced: tariff(S3, 'Storage', stored('TimedStorage-RRS-ByteHrs', 'ReducedRedundancyStorage'), ['0.024', '0.0264'], {
    storageClass: 'Non-Critical Data',
  }),
  s3TieringFrequent: tariff(S3, 'Storage', stored('TimedStorage-INT-FA-ByteHrs', 'IntelligentTieringFAStorage'), [
    '0.023',
    '0.025',
  ]),
  s3TieringInfrequent: tariff(S3, 'Storage', stored('TimedStorage-INT-IA-ByteHrs', 'IntelligentTieringIAStorage'), [
    '0.0125',
    '0.0138',
  ]),
  s3TieringObjects: tariff(S3, 'Fee', ['Monitoring-Automation-INT', 'Monitoring', 'Objects'], ['0.0000025', '0.0000025']),
  s3Staging: tariff(S3, 'Storage', stored('TimedStorage-GDA-Staging', 'DeepArchiveStagingStorage'), ['0.021', '0.025']),
  deepArchive: tariff(DEEP_ARCHIVE, 'Storage', stored('TimedStorage-GDA-ByteHrs', 'DeepArchiveStorage'), ['0.00099', '0.002']),
  glacierVault: tariff(GLACIER, 'Storage', stored('TimedStorage-ByteHrs', 'Storage'), ['0.0036', '0.0045']),
  efsStandard: tariff(EFS, 'Storage', stored('TimedStorage-ByteHrs', 'FileSystem'), ['0.30', '0.36'], {
    storageClass: 'General Purpose',
  }),
  efsInfrequent: tariff(EFS, 'Storage', stored('IATimedStorage-ET-ByteHrs', 'FileSystem'), ['0.016', '0.0192'], {
    storageClass: 'Infrequent Access-ET',
  }),
  efsAccess: tariff(EFS, 'Provisioned Throughput', ['ETDataAccess-Bytes', 'Read', 'GB'], ['0.03', '0.04']),
  ecrStorage: tariff(ECR, 'EC2 Container Registry', stored('TimedStorage-ByteHrs', 'Storage'), ['*0.10', '0.10']),
} as const satisfies Record<string, Tariff>;
