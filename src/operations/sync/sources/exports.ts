import { pullExports } from '../pull-exports.ts';
import type { Source } from '../source.ts';

/** The bill as AWS delivers it to S3; after Cost Explorer, which is its check. */
export const exports: Source = {
  id: 'exports',
  phase: 'bill',
  steps: 1,
  // A look at the bucket is free, and only what has changed is fetched.
  everyDays: 0,
  // Each export has a name of its own, and its manifests tell what was read.
  runSources: [],
  pull: async (context, plan) => ({ entries: await pullExports(context, plan) }),
};
