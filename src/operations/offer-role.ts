import { AdvisorError } from '../kernel/failure.ts';
import { oneLine } from '../kernel/text.ts';
import { type RoleTemplate, roleArnOf, roleTemplate } from './connect/role-template.ts';
import { placeOf, type WayInput } from './connect/way.ts';
import type { Context } from './context.ts';

export interface OfferRoleInput extends Omit<WayInput, 'name'> {
  /** The customer's account, 12 digits. */
  readonly accountId: string;
  /** Whose chain will assume the role. */
  readonly profile?: string | null;
  readonly template: RoleTemplate;
}

export interface RoleOffer {
  readonly accountId: string;
  readonly externalId: string;
  /** Our identity, as STS names it. */
  readonly principalArn: string;
  /** What the role will be called. */
  readonly roleArn: string;
  /** The code that makes it. */
  readonly template: string;
}

/** The role that a customer makes for us: with our identity, an external id of this tenant and account, and the least that we need. */
export async function offerRole(context: Context, input: OfferRoleInput): Promise<RoleOffer> {
  const { scope, ports } = context;
  const { accountId, profile = null, template } = input;
  if (!/^\d{12}$/.test(accountId)) {
    throw new AdvisorError('INVALID_INPUT', 'An AWS account has 12 digits', 'Write it as in "111122223333".');
  }
  const { regionId, endpointUrl, billingViewArn } = placeOf(input);
  const caller = await ports.costSource.identify({ credentials: { kind: 'chain', profile }, regionId, endpointUrl });
  const principalArn = principalOf(caller.arn);
  const externalId = await ports.connections.externalId(scope, accountId);
  const statements = ports.costSource.permissions({ billingViewArn });
  await ports.audit.record(scope, { action: 'roleOffered', subject: accountId, detail: { principal: principalArn } });
  const wish = { accountId, principalArn, externalId, statements };
  return { accountId, externalId, principalArn, roleArn: roleArnOf(wish), template: roleTemplate(wish, template) };
}

/**
 * Who may assume the role: the user or role behind the caller, never a whole account. A session's ARN leaves out its role's path, so a role
 * with a path must be corrected by hand; root and federated users can assume nothing.
 */
export function principalOf(callerArn: string): string {
  if (/^arn:[a-z-]+:iam::\d{12}:(user|role)\/[\w+=,.@/-]+$/.test(callerArn)) return callerArn;
  const [, partition, accountId, role] = /^arn:([a-z-]+):sts::(\d{12}):assumed-role\/([\w+=,.@-]+)\//.exec(callerArn) ?? [];
  if (role !== undefined) return `arn:${partition}:iam::${accountId}:role/${role}`;
  throw new AdvisorError(
    'INVALID_INPUT',
    `${oneLine(callerArn, 120)} cannot be trusted by name: it is neither a user nor a role`,
    'Use the credentials of an IAM user or role for Cost Pillar, here and for every later run.',
  );
}
