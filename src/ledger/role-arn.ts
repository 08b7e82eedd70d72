import { AdvisorError } from '../kernel/failure.ts';

/** The three partitions of AWS that customers have; the name of a role with its path (IAM reference, read 2026-11). */
const ROLE_ARN = /^arn:(?:aws|aws-cn|aws-us-gov):iam::(\d{12}):role\/[\w+=,.@/-]{1,512}$/;

/** The account that a role belongs to. INVALID_INPUT for what is no role's ARN. */
export function accountOfRole(roleArn: string): string {
  const [, accountId] = ROLE_ARN.exec(roleArn) ?? [];
  if (accountId !== undefined) return accountId;
  throw new AdvisorError(
    'INVALID_INPUT',
    'That is not the ARN of an IAM role',
    'Write it as in "arn:aws:iam::111122223333:role/cost-pillar/cost-pillar-reader".',
  );
}
