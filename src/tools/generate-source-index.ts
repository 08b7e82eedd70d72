import fs from 'node:fs';
import path from 'node:path';
import { camelCase, writeGenerated } from './generated-file.ts';

const COMMAND = 'node src/tools/generate-source-index.ts';
const HOME = path.join(import.meta.dirname, '..', 'operations', 'sync', 'sources');

/** The explicit list of what `sync` pulls, made from the folder, so that a source is its own file and nothing else. */
export function sourceIndex(names: readonly string[]): string {
  return `// Written by "${COMMAND}" from the files of this folder; run it again instead of editing.
import type { Source } from '../source.ts';
${names.map((name) => `import { ${camelCase(name)} } from './${name}.ts';`).join('\n')}

export const SOURCES: readonly Source[] = ${listOf(names.map(camelCase))};
`;
}

/** As the formatter writes it: on one line where it fits. */
function listOf(words: readonly string[]): string {
  const line = `[${words.join(', ')}]`;
  const LINE_WIDTH = 128;
  return `export const SOURCES: readonly Source[] = ${line};`.length <= LINE_WIDTH ? line : `[\n  ${words.join(',\n  ')},\n]`;
}

if (import.meta.main) {
  const names = fs
    .readdirSync(HOME)
    .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
  writeGenerated(new Map([['src/operations/sync/sources/index.ts', sourceIndex(names)]]), COMMAND);
}
