import { type Tariff, tariff } from '../tariff-line.ts';

export const observabilityTariffs = {
  logIngestInfrequent: tariff(
    ['AmazonCloudWatch', 'AmazonCloudWatch'],
    'Data Payload',
    ['DataProcessingIA-Bytes', 'PutLogEvents', 'GB'],
    ['0.25', '0.38'],
  ),
  trailEvents: tariff(
    ['AWS CloudTrail', 'AWSCloudTrail'],
    'Management Tools - AWS CloudTrail Paid Events Recorded',
    ['PaidEventsRecorded', 'None', 'Events'],
    ['0.00002', '0.00002'],
  ),
} as const satisfies Record<string, Tariff>;
