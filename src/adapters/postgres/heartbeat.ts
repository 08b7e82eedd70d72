import type { TenantScope } from '../../operations/context.ts';
import type { Database } from './database.ts';
import type { Presence } from './presence.ts';

const INTERVAL_MS = 30_000;

export interface KeptAlive {
  add(scope: TenantScope, runId: string): void;
  remove(runId: string): void;
}

/** Renews the heartbeat of this process's runs while it works. A missed beat is no failure: the next one may pass. */
export function keepAlive(database: Database, presence: Presence): KeptAlive {
  const runs = new Map<string, TenantScope>();
  let timer: NodeJS.Timeout | null = null;
  const beat = async (): Promise<void> => {
    await presence.show();
    for (const [runId, scope] of runs) {
      const { rowCount } = await database.withTenant(scope, (client) =>
        client.query(`update app.run set heartbeat_at = clock_timestamp() where id = $1 and status = 'running'`, [runId]),
      );
      if (rowCount === 0) remove(runId);
    }
  };
  const remove = (runId: string): void => {
    runs.delete(runId);
    if (runs.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
  return {
    add(scope, runId) {
      runs.set(runId, scope);
      timer ??= setInterval(() => void beat().catch(() => {}), INTERVAL_MS).unref();
    },
    remove,
  };
}
