import type { Reach } from '../../operations/ports/connections.ts';
import { type Aws, request, unreadable } from './request.ts';

/** Who these credentials are: STS GetCallerIdentity, which needs no permission. */
export async function identify(aws: Aws, reach: Reach): Promise<{ readonly accountId: string; readonly arn: string }> {
  const question = { service: 'sts', operation: 'GetCallerIdentity', accountId: null, regionId: reach.regionId } as const;
  const answer = await request(aws, question, async () => {
    const client = await aws.clients.sts(reach);
    const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
    return client.send(new GetCallerIdentityCommand({}));
  });
  if (!answer.Arn || !/^\d{12}$/.test(answer.Account ?? '')) throw unreadable('The answer of AWS STS', 'it names no account');
  return { accountId: answer.Account ?? '', arn: answer.Arn };
}
