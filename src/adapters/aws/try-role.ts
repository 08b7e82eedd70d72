import { isAdvisorError } from '../../kernel/failure.ts';
import { accountOfRole } from '../../ledger/role-arn.ts';
import type { RoleReach } from '../../operations/ports/cost-source.ts';
import { sessionPolicy } from './permissions.ts';
import { type Aws, request } from './request.ts';

/** The shortest session that AWS gives; nobody uses it. */
const SECONDS = 900;

/** Whether the role can be assumed so. Only a denial counts as one: a network that is down proves nothing about a trust policy. */
export async function tryRole(aws: Aws, reach: RoleReach, externalId: string | null): Promise<'assumed' | 'refused'> {
  const { roleArn, profile, regionId, endpointUrl } = reach;
  const question = { service: 'sts', operation: 'AssumeRole', accountId: accountOfRole(roleArn), regionId } as const;
  try {
    await request(aws, question, async () => {
      const client = await aws.clients.sts({ credentials: { kind: 'chain', profile }, regionId, endpointUrl });
      const { AssumeRoleCommand } = await import('@aws-sdk/client-sts');
      const command = new AssumeRoleCommand({
        RoleArn: roleArn,
        RoleSessionName: 'cca-probe',
        DurationSeconds: SECONDS,
        Policy: sessionPolicy(),
        ...(externalId !== null && { ExternalId: externalId }),
      });
      return client.send(command);
    });
    return 'assumed';
  } catch (error) {
    if (isAdvisorError(error) && error.code === 'ACCESS_DENIED_BY_AWS') return 'refused';
    throw error;
  }
}
