// Written by "node src/tools/generate-detector-index.ts" from the files of this folder; run it again instead of editing.
import type { Catalogue } from '../catalogue-entry.ts';
import type { Detector } from '../detector.ts';

export const catalogue: Catalogue = [];

export const detectors: readonly Detector[] = catalogue.map(({ detector }) => detector);
