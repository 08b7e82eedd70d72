import type { IncomingHttpHeaders } from 'node:http';
import { readCredential } from './credentials.ts';
import type { Service } from './services.ts';
import type { Caller, World } from './world.ts';

/** Every key that AssumeRole did not hand out belongs to one user of the payer. */
export function readCaller(headers: IncomingHttpHeaders, service: Service, { sessions, payerAccountId }: World): Caller {
  const { accessKeyId, regionId } = readCredential(headers, service.id);
  const session = sessions.of(accessKeyId);
  if (session) {
    const { accountId, arn, userId, mayDo } = session;
    return { accountId, arn, userId, regionId, ...(mayDo && { mayDo }) };
  }
  const arn = `arn:aws:iam::${payerAccountId}:user/cost-reader`;
  return { accountId: payerAccountId, arn, userId: 'AIDASANDBOXCOSTREADER', regionId };
}
