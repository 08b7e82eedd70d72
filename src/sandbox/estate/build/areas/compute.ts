import type { Drafts } from '../drafts.ts';
import { computeIdleArea, computeIdleWastes } from './compute-idle.ts';
import { computeMachineArea, computeMachineWastes } from './compute-machines.ts';
import { computeServerlessArea, computeServerlessWastes } from './compute-serverless.ts';
import { licenceArea, licenceWastes } from './licences.ts';

/** Machines, functions, containers, and what runs on them. */
export const computeWastes = {
  ...computeIdleWastes,
  ...computeMachineWastes,
  ...computeServerlessWastes,
  ...licenceWastes,
} as const;

export function computeArea(drafts: Drafts): void {
  for (const area of [computeIdleArea, computeMachineArea, computeServerlessArea, licenceArea]) area(drafts);
}
