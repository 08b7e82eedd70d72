import { randomBytes } from 'node:crypto';
import { AdvisorError } from '../../kernel/failure.ts';
import type { Context } from '../context.ts';
import type { RoleReach } from '../ports/cost-source.ts';

/** How a role can be had that should not be: each lets a stranger who guesses the role's name read through us. */
export type TrustHole = 'withoutExternalId' | 'withAnotherExternalId';

/**
 * Tries the door three times: with our external id it must open, without one and with a random other one it must stay shut. Answers the
 * holes, none for a sound trust policy. ACCESS_DENIED_BY_AWS when it does not open at all; nothing is concluded when AWS cannot be asked.
 */
export async function proveTrust({ ports }: Context, reach: RoleReach, externalId: string): Promise<readonly TrustHole[]> {
  const tries = (id: string | null) => ports.costSource.tryRole(reach, id);
  if ((await tries(externalId)) === 'refused') throw roleRefused(reach.roleArn);
  const holes: TrustHole[] = [];
  if ((await tries(null)) === 'assumed') holes.push('withoutExternalId');
  if ((await tries(randomBytes(16).toString('hex'))) === 'assumed') holes.push('withAnotherExternalId');
  return holes;
}

function roleRefused(roleArn: string): AdvisorError {
  const account = roleArn.split(':')[4] ?? '';
  return new AdvisorError(
    'ACCESS_DENIED_BY_AWS',
    `The role in account ${account} does not let us in with the external id that was made for it`,
    `Make the role as "connect --role-for ${account}" prints it: our identity as Principal, and our external id in the condition. A new role needs some seconds.`,
  );
}

/** The line of the trust policy that is missing or too weak. */
export function missingLine(holes: readonly TrustHole[], externalId: string): string {
  const line = `"Condition": { "StringEquals": { "sts:ExternalId": "${externalId}" } }`;
  if (holes.length === 2) return `Add this line to the statement of its trust policy that names us: ${line}.`;
  if (holes[0] === 'withoutExternalId') {
    return `Its trust policy must refuse whoever gives no external id: replace StringEqualsIfExists or Null by ${line}.`;
  }
  return `Its trust policy takes any external id: replace the pattern by ${line}.`;
}

/** What the holes mean, in one sentence. */
export function holesFound(holes: readonly TrustHole[]): string {
  const words = { withoutExternalId: 'without an external id', withAnotherExternalId: 'with any other external id' };
  return `The role can also be assumed ${holes.map((hole) => words[hole]).join(' and ')}: others could read through us`;
}
