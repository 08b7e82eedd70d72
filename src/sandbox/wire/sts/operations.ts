import { Refusal } from '../refusal.ts';
import type { Operation } from '../world.ts';

export const getCallerIdentity: Operation = (_input, caller) => ({
  Arn: caller.arn,
  UserId: caller.userId,
  Account: caller.accountId,
});

const SESSION_MS = 3_600_000;

/** Only for the roles that the sandbox was told to trust, and only with their external id. */
export const assumeRole: Operation = (input, caller, world) => {
  const {
    RoleArn: roleArn = '',
    RoleSessionName: name = '',
    ExternalId: externalId,
  } = input as Record<string, string | undefined>;
  if (roleArn.length < 20 || !/^[\w+=,.@-]{2,64}$/.test(name)) {
    throw new Refusal('ValidationError', `1 validation error detected: RoleArn or RoleSessionName is missing or malformed`);
  }
  const session = world.sessions.assume(roleArn, name, externalId);
  if (!session) {
    throw new Refusal(
      'AccessDenied',
      `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
      403,
    );
  }
  return {
    Credentials: {
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: session.secretAccessKey,
      SessionToken: session.sessionToken,
      Expiration: new Date(Date.now() + SESSION_MS).toISOString(),
    },
    AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
    PackedPolicySize: 1,
  };
};
