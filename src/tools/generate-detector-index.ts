import { camelCase, detectorFiles, writeGenerated } from './generated-file.ts';

const COMMAND = 'node src/tools/generate-detector-index.ts';

/** The explicit list of all detectors: a file that is not in it is not judged, so the list is made from the folder. */
export function detectorIndex(files: readonly { readonly category: string; readonly id: string }[]): string {
  const imports = files.flatMap(({ category, id }) => [
    `import { ${camelCase(id)}Prose } from './${category}/${id}.prose.ts';`,
    `import { ${camelCase(id)} } from './${category}/${id}.ts';`,
  ]);
  const entries = files.map(({ id }) => `  { detector: ${camelCase(id)}, prose: ${camelCase(id)}Prose },`);
  const list = entries.length === 0 ? '[]' : `[\n${entries.join('\n')}\n]`;
  return `// Written by "${COMMAND}" from the files of this folder; run it again instead of editing.
import type { Catalogue } from '../catalogue-entry.ts';
import type { Detector } from '../detector.ts';
${imports.join('\n')}${imports.length === 0 ? '' : '\n'}
export const catalogue: Catalogue = ${list};

export const detectors: readonly Detector[] = catalogue.map(({ detector }) => detector);
`;
}

if (import.meta.main) {
  writeGenerated(new Map([['src/advice/detectors/index.ts', detectorIndex(detectorFiles())]]), COMMAND);
}
