import { AdvisorError } from '../kernel/failure.ts';
import { oneLine } from '../kernel/text.ts';
import type { PriceView } from '../ledger/charge.ts';
import type { Context } from './context.ts';
import type { Connection, CredentialReference } from './ports/connections.ts';

export interface ConnectInput {
  /** "aws-<account>" when left out. */
  readonly name?: string | null;
  /** With `files` there is nobody to ask: importing makes such connections. */
  readonly credentials: Exclude<CredentialReference, { readonly kind: 'files' }>;
  /** us-east-1 when left out; Cost Explorer itself is global. */
  readonly regionId?: string | null;
  /** Null: AWS's own, or what the SDK's environment says. */
  readonly endpointUrl?: string | null;
  readonly priceView?: PriceView;
}

/**
 * Asks AWS who these credentials are and keeps the way in: a reference, never a secret. Nothing is written when AWS refuses. CONFLICT for
 * a name that is taken.
 */
export async function connect(
  context: Context,
  input: ConnectInput,
): Promise<{ readonly connection: Connection; readonly callerArn: string }> {
  const { scope, ports } = context;
  const reach = { credentials: input.credentials, ...placeOf(input) };
  context.progress?.({ what: 'asking AWS who we are', done: 0, of: 1 });
  const caller = await ports.costSource.identify(reach);
  const connection = await ports.connections.create(scope, {
    ...reach,
    name: nameOf(input.name, caller.accountId),
    payerAccountId: caller.accountId,
    priceView: input.priceView ?? 'awsBilled',
  });
  await ports.audit.record(scope, {
    action: 'connected',
    subject: connection.id,
    detail: { name: connection.name, accountId: caller.accountId, caller: oneLine(caller.arn, 200) },
  });
  return { connection, callerArn: oneLine(caller.arn, 200) };
}

function nameOf(given: string | null | undefined, accountId: string): string {
  const name = oneLine((given ?? '').trim() || `aws-${accountId}`, 100);
  // Connections of files name themselves so.
  if (!name.startsWith('files:')) return name;
  throw new AdvisorError('INVALID_INPUT', 'A connection to AWS may not be named "files:…"', 'Choose another name.');
}

const REGION = /^[a-z]{2}(-[a-z]+){1,3}-\d$/;

function placeOf(input: ConnectInput): { regionId: string; endpointUrl: string | null } {
  const regionId = input.regionId ?? 'us-east-1';
  if (!REGION.test(regionId)) {
    throw new AdvisorError(
      'INVALID_INPUT',
      `"${oneLine(regionId, 40)}" is not an AWS region`,
      'Write it as in "ap-northeast-1".',
    );
  }
  return { regionId, endpointUrl: input.endpointUrl ? endpointOf(input.endpointUrl) : null };
}

function endpointOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new AdvisorError(
      'INVALID_INPUT',
      'The endpoint is not an http or https address',
      'Write it as in "http://127.0.0.1:4566".',
    );
  }
  if (url.username || url.password) {
    throw new AdvisorError(
      'INVALID_INPUT',
      'The endpoint holds a user name or password',
      'Leave them out: AWS requests are signed.',
    );
  }
  return text;
}
