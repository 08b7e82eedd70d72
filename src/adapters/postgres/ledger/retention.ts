import { setTimeout as sleep } from 'node:timers/promises';
import { type Month, monthOf } from '../../../kernel/calendar.ts';
import { AdvisorError } from '../../../kernel/failure.ts';
import type { Retention } from '../../../operations/ports/retention.ts';
import type { Database } from '../database.ts';
import { sqlState } from '../failures.ts';

/** Dropping a month needs the ledger for itself for a moment. It waits briefly, so that readers do not queue behind it, and tries again. */
const ATTEMPTS = 30;
const PAUSE_MS = 1_000;
const LOCK_NOT_AVAILABLE = '55P03';

export function retention(database: Database): Retention {
  return {
    async dropOldMonths(keepMonths) {
      const months: Month[] = [];
      for (;;) {
        const month = await dropOldest(database, keepMonths);
        if (month === null) return months;
        months.push(month);
      }
    },
  };
}

async function dropOldest(database: Database, keepMonths: number): Promise<Month | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.withoutTenant(async (client) => {
        const { rows } = await client.query<{ day: string | null }>('select app.drop_oldest_month($1) as day', [keepMonths]);
        const day = rows[0]?.day ?? null;
        return day === null ? null : monthOf(day);
      });
    } catch (error) {
      if (sqlState(error) !== LOCK_NOT_AVAILABLE) throw error;
      if (attempt === ATTEMPTS) throw busy(error);
    }
    await sleep(PAUSE_MS * (0.5 + Math.random()));
  }
}

function busy(cause: unknown): AdvisorError {
  return new AdvisorError(
    'CONFLICT',
    'The ledger was in use all the time, so that no old month could be taken away.',
    'Nothing is lost. Run the job again when no pull is running.',
    { cause },
  );
}
