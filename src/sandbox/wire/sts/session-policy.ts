import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import type { Service } from '../services.ts';
import type { Caller } from '../world.ts';

const LIMIT = 2_048;
const list = z.union([z.string(), z.array(z.string())]).transform((items) => (Array.isArray(items) ? items : [items]));
const Policy = z.object({
  Statement: z.array(z.object({ Effect: z.literal('Allow'), Action: list, Resource: list })),
});

/** The actions of an inline session policy; undefined where none was sent. */
export function readSessionPolicy(text: string | undefined): ReadonlySet<string> | undefined {
  if (text === undefined) return undefined;
  if (text.length > LIMIT) {
    throw new Refusal(
      'ValidationError',
      `1 validation error detected: Value at 'policy' failed to satisfy constraint: Member must have length less than or equal to ${LIMIT}`,
    );
  }
  try {
    return new Set(Policy.parse(JSON.parse(text)).Statement.flatMap((statement) => statement.Action));
  } catch {
    throw new Refusal('MalformedPolicyDocument', 'The policy is not in the valid JSON format.');
  }
}

/** Whether a list of actions holds one, as IAM reads it: `*` stands for any characters, capitals do not matter (IAM reference, read 2026-11). */
export function allowedBy(actions: Iterable<string>): (action: string) => boolean {
  const patterns = [...actions].map((action) => {
    const parts = action.split('*').map((part) => part.replace(/[^\w:-]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`, 'i');
  });
  return (action) => patterns.some((pattern) => pattern.test(action));
}

/** A session may do what its role and its policy both allow. Saying who it is, is allowed to everybody. */
export function refuseBeyondSession({ id }: Service, operation: string, { arn, mayDo }: Caller): void {
  if (mayDo === undefined || operation === 'GetCallerIdentity' || mayDo(`${id}:${operation}`)) return;
  throw new Refusal(
    id === 'sts' ? 'AccessDenied' : 'AccessDeniedException',
    `User: ${arn} is not authorized to perform: ${id}:${operation} because no session policy allows the ${id}:${operation} action`,
    id === 'sts' ? 403 : 400,
  );
}
