import type { SourceActions } from '../source-actions.ts';

/** On the report's own bucket and prefix alone: `exportArns` are the bucket's ARN and that of the keys below the report. */
export const actions: readonly SourceActions[] = [
  {
    sid: 'BillExports',
    because: 'The bill as it is delivered to S3.',
    commands: { ListObjectsV2: ['s3:ListBucket'], GetObject: ['s3:GetObject'] },
    resources: ({ exportArns }) => exportArns,
  },
];
