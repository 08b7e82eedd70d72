import type pg from 'pg';
import { AdvisorError } from '../../kernel/failure.ts';

/**
 * To be asked right before the commit of what a run writes, in the same transaction: throws CONFLICT when the run has been taken over.
 * Until the commit nobody else can take it over any more.
 */
export async function requireRunning(client: pg.ClientBase, runId: string): Promise<void> {
  const { rowCount } = await client.query(`select from app.run where id = $1 and status = 'running' for no key update`, [runId]);
  if (rowCount === 1) return;
  throw new AdvisorError(
    'CONFLICT',
    'This run lost its right to write: another process has taken its work over.',
    'Nothing was written. Start the pull again if the other one has not finished it.',
  );
}
