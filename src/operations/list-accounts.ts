import type { Context } from './context.ts';
import type { KnownAccount } from './ports/connections.ts';

/** Every account that the connections of this tenant tell of, each with whose it is and since when. */
export async function listAccounts({ scope, ports }: Context): Promise<readonly KnownAccount[]> {
  return ports.assignments.accounts(scope);
}
