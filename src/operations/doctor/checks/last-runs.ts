import { type Check, fine } from '../check.ts';

const RUNS_LOOKED_AT = 50;

/** The newest run of each source tells how it is now; older failures of the same source have passed. */
export const lastRuns: Check = {
  id: 'lastRuns',
  what: 'last runs',
  phase: 'ledger',
  facts: [],
  see: async ({ scope, ports }) => {
    const runs = await ports.runs.list(scope, { limit: RUNS_LOOKED_AT, after: null });
    const newest = new Map<string, (typeof runs)[number]>();
    for (const run of runs) {
      const key = `${run.connectionId ?? ''} ${run.source}`;
      if (!newest.has(key)) newest.set(key, run);
    }
    const bad = [...newest.values()].filter((run) => run.error !== null || run.status === 'abandoned');
    const [first] = bad;
    if (!first)
      return [fine(runs.length === 0 ? 'Nothing has been pulled yet' : `The last run of ${newest.size} sources was good`)];
    return [
      {
        state: 'partial',
        finding: `The last run was not whole for: ${bad.map((run) => `${run.source} (${run.error?.message ?? run.status})`).join('; ')}`,
        nextStep: first.error?.nextStep ?? 'Run "sync" again.',
      },
    ];
  },
};
