import type { Drafts } from '../drafts.ts';
import { computeIdleArea, computeIdleWastes } from './compute-idle.ts';
import { computeServerlessArea, computeServerlessWastes } from './compute-serverless.ts';
import { licenceArea, licenceWastes } from './licences.ts';

/** Machines, functions, containers, and what runs on them. */
export const computeWastes = { ...computeIdleWastes, ...computeServerlessWastes, ...licenceWastes } as const;

export function computeArea(drafts: Drafts): void {
  for (const area of [computeIdleArea, computeServerlessArea, licenceArea]) area(drafts);
}
