import { AdvisorError } from '../../kernel/failure.ts';
import { holesFound, missingLine } from '../connect/prove-trust.ts';
import { reproveTrust } from '../connect/reprove-trust.ts';
import type { Context } from '../context.ts';
import type { Connection } from '../ports/connections.ts';
import { attempt, type Job } from './attempt.ts';
import type { SyncEntry } from './entry.ts';

const TRUST = 'trustPolicy';
/** Customers change their roles without a word: a proof that is older says nothing of today. */
const PROVEN_FOR_MS = 7 * 86_400_000;

/**
 * The connection as it may be pulled over: a role whose proof is old, or that was open to others, is tried again first. `stopped` is why
 * nothing may be asked over it.
 */
export async function throughProvenTrust(
  context: Context,
  connection: Connection,
  onFailure: Job['onFailure'],
): Promise<{ readonly connection: Connection; readonly stopped: SyncEntry | null }> {
  const { credentials } = connection;
  if (credentials.kind !== 'role' || isProven(connection, context.now())) return { connection, stopped: null };
  let proven = connection;
  const job = { connection, source: TRUST, window: null, budget: null, onFailure };
  const entry = await attempt(context, job, async () => {
    const { holes, trust } = await reproveTrust(context, credentials, connection);
    if (holes.length > 0)
      throw new AdvisorError('CREDENTIALS_REJECTED', holesFound(holes), missingLine(holes, credentials.externalId));
    proven = { ...connection, trust };
    return { rows: 0 };
  });
  return { connection: proven, stopped: entry.status === 'ok' ? null : entry };
}

/** A proof of the future is none: a clock was wrong. */
function isProven({ trust }: Connection, now: Date): boolean {
  if (trust?.state !== 'proven') return false;
  const age = now.getTime() - Date.parse(trust.checkedAt);
  return age >= -PROVEN_FOR_MS && age <= PROVEN_FOR_MS;
}
