import type { Job } from './job.ts';
import { refresh } from './refresh.ts';

/** The timetable at one glance. */
export const JOBS: readonly Job[] = [refresh];
