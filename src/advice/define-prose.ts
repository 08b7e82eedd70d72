import type { Evidence } from './detector.ts';
import type { Prose } from './prose.ts';

/**
 * Closes over the evidence type, so that prose of different detectors can stand in one list. The cast is safe because the catalogue
 * pairs prose with the detector of the same id, whose evidence was checked against this type.
 */
export function defineProse<E extends Evidence>(prose: Prose<E>): Prose {
  return prose as unknown as Prose;
}
