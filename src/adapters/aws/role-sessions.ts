import type { STSClient } from '@aws-sdk/client-sts';
import { AdvisorError } from '../../kernel/failure.ts';
import { accountOfRole } from '../../ledger/role-arn.ts';
import type { CredentialReference, Reach } from '../../operations/ports/connections.ts';
import type { Io } from '../../operations/ports/io.ts';
import { exportSessionPolicy, sessionPolicy } from './permissions.ts';
import { request, unreadable } from './request.ts';

type Role = Extract<CredentialReference, { readonly kind: 'role' }>;
/** `exportArns`: the session reads this export and nothing else. */
export type RoleWay = Reach & { readonly credentials: Role; readonly exportArns?: readonly string[] };

interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** What the SDK's clients take as `credentials`. `forceRefresh`: AWS says that the last ones have expired. */
export type RoleProvider = (options?: { readonly forceRefresh?: boolean }) => Promise<RoleCredentials>;

interface RoleSessionSettings {
  readonly io: Io;
  /** STS as the identity that assumes the role (null), or as the session that it was given. */
  readonly sts: (way: RoleWay, session: RoleCredentials | null) => Promise<STSClient>;
  readonly now?: () => number;
}

/** An hour: what AWS allows at most where a role assumes a role (STS guide, role chaining, read 2026-11). */
const SESSION_SECONDS = 3_600;
/** A session is not used in its last minutes, so that no long request outlives it. */
const RENEWED_BEFORE_MS = 300_000;
/** Several requests may meet the same expired token: whoever comes later takes what the first has renewed. */
const RENEWED_AT_MOST_EVERY_MS = 60_000;

/**
 * Sessions of customers' roles, in memory only. One belongs to one tenant's one connection, role, external id and policy: no other finds
 * it. A way without an id is only being tried, and its session is not kept.
 */
export function roleSessions({ io, sts, now = Date.now }: RoleSessionSettings): (way: RoleWay) => RoleProvider {
  const kept = new Map<string, { readonly madeAt: number; readonly session: Promise<RoleCredentials> }>();

  async function current(way: RoleWay, hasExpired: boolean): Promise<RoleCredentials> {
    refuseInsecure(way);
    if (way.id === undefined || way.ownerTenantId === undefined) return assume(way);
    const key = keyOf(way);
    const known = kept.get(key);
    if (known && !(hasExpired && now() - known.madeAt > RENEWED_AT_MOST_EVERY_MS)) {
      const session = await known.session;
      if (session.expiration.getTime() - now() > RENEWED_BEFORE_MS) return session;
      if (kept.get(key) !== known) return current(way, false);
    }
    const made = { madeAt: now(), session: assume(way) };
    kept.set(key, made);
    made.session.catch(() => kept.get(key) === made && kept.delete(key));
    return made.session;
  }

  async function assume(way: RoleWay): Promise<RoleCredentials> {
    const accountId = accountOfRole(way.credentials.roleArn);
    const asked = { service: 'sts', accountId, regionId: way.regionId } as const;
    const session = await request({ io }, { ...asked, operation: 'AssumeRole' }, async () => {
      const { AssumeRoleCommand } = await import('@aws-sdk/client-sts');
      const { Credentials: given } = await (await sts(way, null)).send(new AssumeRoleCommand(assumeInput(way, now())));
      return given;
    });
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = session ?? {};
    if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration)
      throw unreadable('The answer of AWS STS', 'it holds no session');
    const credentials = {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: Expiration,
    };
    const caller = await request({ io }, { ...asked, operation: 'GetCallerIdentity' }, async () => {
      const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
      return (await sts(way, credentials)).send(new GetCallerIdentityCommand({}));
    });
    if (caller.Account !== accountId) throw otherAccount(accountId, caller.Account);
    return credentials;
  }

  return (way) => (options) => current(way, options?.forceRefresh === true);
}

function keyOf(way: RoleWay): string {
  const { ownerTenantId, id, credentials, endpointUrl } = way;
  return JSON.stringify([ownerTenantId, id, credentials, endpointUrl, policyFor(way)]);
}

function policyFor({ billingViewArn = null, exportArns }: RoleWay): string {
  return exportArns ? exportSessionPolicy(exportArns) : sessionPolicy({ billingViewArn });
}

/** Always with an external id and with the policy of the session: a role that was granted too much still gives us what we ask and no more. */
function assumeInput(way: RoleWay, time: number) {
  const { roleArn, externalId } = way.credentials;
  return {
    RoleArn: roleArn,
    ExternalId: externalId,
    RoleSessionName: sessionName(way, time),
    DurationSeconds: SESSION_SECONDS,
    Policy: policyFor(way),
  };
}

/**
 * What the customer reads in CloudTrail: the connection and the second at which the session began. Not the run: a session serves all runs of
 * its hour, and two UUIDs do not fit into the 64 characters that AWS takes; the run log has their times.
 */
export function sessionName({ id, credentials }: Pick<RoleWay, 'id' | 'credentials'>, time: number): string {
  const second = `${new Date(time).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
  return `cca-${id ?? `new-${accountOfRole(credentials.roleArn)}`}-${second}`;
}

function refuseInsecure({ trust }: RoleWay): void {
  if (trust?.state !== 'insecureTrust') return;
  throw new AdvisorError(
    'CREDENTIALS_REJECTED',
    'This connection is not enabled: its role can be assumed without our external id',
    'Put the condition on sts:ExternalId into the trust policy of the role ("connect --role-for" prints it), then run "doctor".',
  );
}

function otherAccount(expected: string, found: string | undefined): AdvisorError {
  return new AdvisorError(
    'CREDENTIALS_REJECTED',
    `The session is of account ${/^\d{12}$/.test(found ?? '') ? found : 'nobody'}, the role of account ${expected}; it was dropped`,
    'Look at the endpoint of the connection: what answers there is not the STS of AWS.',
  );
}
