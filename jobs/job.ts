import type { Context } from '../src/operations/context.ts';
import type { RefreshInput } from '../src/operations/refresh.ts';

/** What the clock may start, and a person too: `npx --no-install cost-pillar job <name>`. */
export interface Job {
  readonly name: string;
  /** Five fields of cron, in UTC. */
  readonly schedule: string;
  readonly what: string;
  readonly run: (context: Context, input: RefreshInput) => Promise<unknown>;
}
