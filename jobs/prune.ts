import { prune as pruneVerb } from '../src/operations/prune.ts';
import type { Job } from './job.ts';

/** The third of a month, after the second month back has been pulled for the last time. */
export const prune: Job = {
  name: 'prune',
  schedule: '30 23 3 * *',
  what: 'take away lines older than 38 months',
  run: (context) => pruneVerb(context),
};
