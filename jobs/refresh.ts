import { refresh as refreshVerb } from '../src/operations/refresh.ts';
import type { Job } from './job.ts';

/** 21:30 UTC is half past six in Tokyo: the day before is complete, and nobody is at work yet. */
export const refresh: Job = {
  name: 'refresh',
  schedule: '30 21 * * *',
  what: 'pull what is new and judge it',
  run: refreshVerb,
};
