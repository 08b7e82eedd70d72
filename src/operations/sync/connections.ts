import { AdvisorError } from '../../kernel/failure.ts';
import type { Context } from '../context.ts';
import type { Connection } from '../ports/connections.ts';
import { isAskedOver } from './billing-view.ts';
import { SOURCES } from './sources/index.ts';

/** The tenant's connections to AWS, or the one that is named. NOT_READY when nothing is connected, NOT_FOUND for another name. */
export async function connectionsToPull({ scope, ports }: Context, name: string | null): Promise<readonly Connection[]> {
  const all = (await ports.connections.list(scope)).filter((connection) => connection.credentials.kind !== 'files');
  const chosen = name === null ? all : all.filter((connection) => connection.name === name);
  if (chosen.length > 0) return chosen;
  if (all.length > 0) {
    const names = all.map((connection) => connection.name).join(', ');
    throw new AdvisorError('NOT_FOUND', `There is no connection "${name}"`, `There are: ${names}.`);
  }
  throw new AdvisorError(
    'NOT_READY',
    'Nothing is connected to AWS yet',
    'Run "connect" first; it uses the AWS credentials of this environment.',
  );
}

/** What of the run log a sync wants to know: the newest good run of each source. */
export function wantedRuns(connections: readonly Connection[]): { readonly connectionId: string; readonly source: string }[] {
  return connections.flatMap((connection) => {
    const asked = SOURCES.filter((source) => isAskedOver(source, connection));
    return asked.flatMap(({ runSources }) => runSources.map((source) => ({ connectionId: connection.id, source })));
  });
}
