import { type Tariff, tariff } from '../tariff-line.ts';

const EC2_OTHER = ['EC2 - Other', 'AmazonEC2'] as const;
const volume = (volumeApiName: string, volumeType: string) => ({ volumeApiName, volumeType });

export const storageTariffs = {
  io2: tariff(
    EC2_OTHER,
    'Storage',
    ['EBS:VolumeUsage.io2', 'CreateVolume-io2', 'GB-Mo'],
    ['0.125', '0.142'],
    volume('io2', 'Provisioned IOPS'),
  ),
  io2Iops: tariff(EC2_OTHER, 'System Operation', ['EBS:VolumeP-IOPS.io2', 'CreateVolume-io2', 'IOPS-Mo'], ['0.065', '0.074'], {
    ...volume('io2', 'Provisioned IOPS'),
    group: 'EBS IOPS',
  }),
  standard: tariff(
    EC2_OTHER,
    'Storage',
    ['EBS:VolumeUsage', 'CreateVolume', 'GB-Mo'],
    ['0.05', '0.08'],
    volume('standard', 'Magnetic'),
  ),
  standardOperations: tariff(
    EC2_OTHER,
    'System Operation',
    ['EBS:VolumeIOUsage', 'EBS:IO-Read', 'IOs'],
    ['0.00000005', '0.00000008'],
    { ...volume('standard', 'Magnetic'), group: 'EBS I/O Requests' },
  ),
  fastSnapshotRestore: tariff(
    EC2_OTHER,
    'Fast Snapshot Restore',
    ['EBS:FastSnapshotRestore', 'FastSnapshotRestore', 'DSU-Hours'],
    ['0.75', '0.90'],
  ),
} as const satisfies Record<string, Tariff>;
