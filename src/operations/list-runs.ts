import type { Context } from './context.ts';
import type { Run } from './ports/runs.ts';

export interface RunPlace {
  readonly startedAt: string;
  readonly id: string;
}

/** What was pulled, when, what asking cost and what came of it; newest first. `next` is where the following page begins. */
export async function listRuns(
  context: Context,
  input: { readonly limit: number; readonly after: RunPlace | null },
): Promise<{ readonly items: readonly Run[]; readonly next: RunPlace | null }> {
  const found = await context.ports.runs.list(context.scope, { limit: input.limit + 1, after: input.after });
  const items = found.slice(0, input.limit);
  const last = items.at(-1);
  return { items, next: found.length > input.limit && last ? { startedAt: last.startedAt, id: last.id } : null };
}
