import { Refusal } from '../refusal.ts';
import type { Operation } from '../world.ts';
import { readSessionPolicy } from './session-policy.ts';

export const getCallerIdentity: Operation = (_input, caller) => ({
  Arn: caller.arn,
  UserId: caller.userId,
  Account: caller.accountId,
});

/** Only for the roles that the sandbox was told of, and only for whoever meets their trust policy. */
export const assumeRole: Operation = (input, caller, world) => {
  const {
    RoleArn: roleArn = '',
    RoleSessionName: name = '',
    ExternalId: externalId,
    DurationSeconds: seconds = '3600',
    Policy: policy,
  } = input as Record<string, string | undefined>;
  if (roleArn.length < 20 || !/^[\w+=,.@-]{2,64}$/.test(name)) {
    throw new Refusal('ValidationError', `1 validation error detected: RoleArn or RoleSessionName is missing or malformed`);
  }
  if (!/^\d+$/.test(seconds) || Number(seconds) < 900 || Number(seconds) > 3600) {
    throw new Refusal('ValidationError', 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  }
  const policyActions = readSessionPolicy(policy);
  const session = world.sessions.assume({ roleArn, sessionName: name, externalId, policyActions });
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
      Expiration: new Date(Date.now() + Number(seconds) * 1000).toISOString(),
    },
    AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
    PackedPolicySize: 1,
  };
};
