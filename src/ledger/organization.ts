import { z } from 'zod';
import { defineFact, type KnownFact } from './fact.ts';

/** An account as its organisation knows it. */
export const organizationAccount = defineFact(
  'organizationAccount',
  z.object({
    name: z.string(),
    /** "ACTIVE", "SUSPENDED", "PENDING_CLOSURE", "CLOSED": AWS's own words. */
    status: z.string(),
    joinedOn: z.string().nullable(),
    organizationId: z.string(),
    /** Names from the top down, without the root itself; empty: directly under it. Null: the organisation did not say. */
    ouPath: z.array(z.string()).nullable(),
    ouIds: z.array(z.string()).nullable(),
    tags: z.array(z.object({ key: z.string(), value: z.string() })),
  }),
);
export type OrganizationAccount = z.infer<typeof organizationAccount.schema>;

/** What the organisation says of accounts, for whoever decides by place in it: policies, owners. */
export interface Organization {
  /** Null: not known, which is not "under no unit". */
  ouPathOf(accountId: string): readonly string[] | null;
  /** Whether an account lies in the unit of this path or in one below it; null: not known. */
  isUnder(accountId: string, path: readonly string[]): boolean | null;
}

export function organizationOf(facts: readonly KnownFact<OrganizationAccount>[]): Organization {
  const paths = new Map(facts.map((fact) => [fact.accountId ?? '', fact.body.ouPath]));
  const ouPathOf = (accountId: string): readonly string[] | null => paths.get(accountId) ?? null;
  return {
    ouPathOf,
    isUnder: (accountId, path) => {
      const own = ouPathOf(accountId);
      return own === null ? null : path.every((name, depth) => own[depth] === name);
    },
  };
}
