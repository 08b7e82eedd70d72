import type { S3Client } from '@aws-sdk/client-s3';
import { AdvisorError } from '../../../kernel/failure.ts';
import type { Connection } from '../../../operations/ports/connections.ts';
import type { PullOptions } from '../../../operations/ports/cost-source.ts';
import type { ExportPlace } from '../../../operations/ports/export-source.ts';
import { type Aws, buyPage } from '../request.ts';
import { exportArns } from './arns.ts';

/** One export as asked over one connection. */
export interface Ask {
  readonly aws: Aws;
  readonly connection: Connection;
  readonly place: ExportPlace;
  readonly options: PullOptions;
}

/** Named as IAM names the permission, so that a refusal says what to allow. */
type Operation = 'ListBucket' | 'GetObject';

/** One request to S3, with the failures that only a bucket has. What S3 says of a missing key comes out as `MissingObject`. */
export async function ask<T>(
  { aws, connection, place, options }: Ask,
  operation: Operation,
  send: (client: S3Client) => Promise<T>,
): Promise<T> {
  const question = { service: 's3', operation, accountId: connection.payerAccountId, regionId: connection.regionId } as const;
  const sendNamed = async (): Promise<T> => {
    try {
      return await send(await aws.clients.s3(connection, exportArns(place)));
    } catch (error) {
      throw bucketFailure(error, place) ?? error;
    }
  };
  return buyPage(aws, question, sendNamed, options);
}

/** A key that is not there, or no longer as it was listed. */
export class MissingObject extends AdvisorError {
  constructor(message: string, cause?: unknown) {
    super(
      'DATA_UNAVAILABLE',
      message,
      'The figures of that month stay as they were. Run the sync again after the next delivery.',
      {
        cause,
      },
    );
    this.name = 'MissingObject';
  }
}

function bucketFailure(error: unknown, { bucket }: ExportPlace): AdvisorError | null {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NoSuchBucket')
    return new AdvisorError(
      'NOT_FOUND',
      `There is no bucket "${bucket}"`,
      'Check the address of the export, s3://bucket/prefix/name.',
      {
        cause: error,
      },
    );
  if (name === 'NoSuchKey' || name === 'NotFound') return new MissingObject('The object is not there', error);
  if (name === 'PreconditionFailed') return new MissingObject('The object was written anew while it was read', error);
  return null;
}
