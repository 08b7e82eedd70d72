import { pullExports } from '../pull-exports.ts';
import type { Source } from '../source.ts';

/** The bill as AWS delivers it to S3; after Cost Explorer, which is its check. */
export const exports: Source = {
  id: 'exports',
  phase: 'bill',
  steps: 1,
  runSources: [],
  pull: async (context, plan) => ({ entries: await pullExports(context, plan) }),
};
