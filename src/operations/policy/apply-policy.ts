import { AdvisorError } from '../../kernel/failure.ts';
import { oneLine } from '../../kernel/text.ts';
import type { Context } from '../context.ts';
import type { PolicyRecord } from '../ports/policies.ts';
import { type GivenPolicy, givenPolicy } from './given-policy.ts';

export interface ApplyPolicyInput extends GivenPolicy {
  readonly reason: string;
  /** The version that the change was made on; null: whichever holds. */
  readonly basedOnVersion: number | null;
}

/** Keeps a policy as the next version; the next turn of advice uses it. INVALID_INPUT, FORBIDDEN and CONFLICT change nothing. */
export async function applyPolicy(context: Context, input: ApplyPolicyInput): Promise<PolicyRecord> {
  const reason = oneLine(input.reason.replace(/\s+/g, ' ').trim(), 1000);
  if (reason === '') throw new AdvisorError('INVALID_INPUT', 'A change of policy needs a reason', 'Say why, in a sentence.');
  if (input.layer === 'integrator') await refuseOthers(context);
  givenPolicy(input, context.locale);
  const { scope, ports } = context;
  const { layer, text, basedOnVersion } = input;
  const record = await ports.policies.apply(scope, { layer, text, reason, basedOnVersion });
  await ports.audit.record(scope, {
    action: 'policyApplied',
    subject: `policy ${record.version}`,
    detail: { layer, reason: oneLine(reason, 200) },
  });
  return record;
}

async function refuseOthers({ scope, ports }: Context): Promise<void> {
  const { kind } = await ports.tenant.own(scope);
  if (kind === 'operator' && scope.actor.role === 'integratorAdmin') return;
  throw new AdvisorError(
    'FORBIDDEN',
    'The policy for all tenants is decided by an administrator of the integrator, acting for the operator',
    'Leave out the layer to decide for this tenant alone, or act for the operator ("--tenant operator").',
  );
}
