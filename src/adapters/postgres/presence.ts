import { randomInt } from 'node:crypto';
import type { Database } from './database.ts';

/**
 * Shows other processes that this one lives: a session lock on a connection of its own. Postgres drops the lock the moment the process
 * is killed, so its work can be taken over at once and nobody waits for a heartbeat to grow old.
 */
export interface Presence {
  /** Takes the lock, again after the connection was lost; answers its number, the same for the life of the process. */
  show(): Promise<string>;
}

export function presence(database: Database): Presence {
  const number = String(randomInt(1, 2 ** 47));
  let held: Promise<string> | null = null;
  const take = async (): Promise<string> => {
    const client = await database.dedicated();
    client.on('end', () => {
      held = null;
    });
    try {
      await client.query('select pg_advisory_lock_shared($1)', [number]);
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
    return number;
  };
  return {
    show() {
      held ??= take().catch((error: unknown) => {
        held = null;
        throw error;
      });
      return held;
    },
  };
}

/** SQL condition: somebody holds the lock whose number is in this column. */
export function isPresent(column: string): string {
  return `exists (select from pg_locks l where l.locktype = 'advisory' and l.granted and l.objsubid = 1
    and l.database = (select d.oid from pg_database d where d.datname = current_database())
    and (l.classid::bigint << 32 | l.objid::bigint) = ${column})`;
}
