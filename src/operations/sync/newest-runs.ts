import type { Context } from '../context.ts';
import type { Run } from '../ports/runs.ts';

const PAGE = 200;

/** The run log backwards, read as far as somebody goes on asking. */
export async function* newestRuns({ scope, ports }: Context): AsyncGenerator<Run> {
  let after: { readonly startedAt: string; readonly id: string } | null = null;
  for (;;) {
    const page: readonly Run[] = await ports.runs.list(scope, { limit: PAGE, after });
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = { startedAt: last.startedAt, id: last.id };
  }
}
