import type { Job } from './job.ts';
import { prune } from './prune.ts';
import { refresh } from './refresh.ts';

/** The timetable at one glance. */
export const JOBS: readonly Job[] = [refresh, prune];
