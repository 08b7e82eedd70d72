import { z } from 'zod';

/** A role that may be assumed by whoever meets its trust policy. */
export const TrustedRole = z.strictObject({
  roleArn: z.string().regex(/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/),
  /** Null: its trust policy has no condition, as people forget it. */
  externalId: z.string().min(2).max(1224).nullable(),
  /** How the condition is written: StringEquals, StringEqualsIfExists, or a pattern that takes anything. */
  condition: z.enum(['equals', 'equalsIfExists', 'anything']).default('equals'),
  /** What its permission policy allows; left out: everything that the sandbox does. */
  actions: z.array(z.string()).optional(),
});
export type TrustedRole = z.input<typeof TrustedRole>;

export function trusts({ externalId, condition = 'equals' }: TrustedRole, given: string | undefined): boolean {
  if (externalId === null) return true;
  if (given === undefined) return condition === 'equalsIfExists';
  return condition === 'anything' || given === externalId;
}
