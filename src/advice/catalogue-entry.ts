import type { Detector } from './detector.ts';
import type { Prose } from './prose.ts';

/** A detector and the words for it: what `detectors/index.ts` lists. */
export interface CatalogueEntry {
  readonly detector: Detector;
  readonly prose: Prose;
}

export type Catalogue = readonly CatalogueEntry[];
