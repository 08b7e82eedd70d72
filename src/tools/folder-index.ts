import fs from 'node:fs';
import path from 'node:path';
import { camelCase, writeGenerated } from './generated-file.ts';

/** As the formatter has it (test/lint.json). */
const LINE_WIDTH = 130;

/** A folder of which each file exports one thing under its own name, and the list of them. */
export interface ListedFolder {
  /** From the repository's top. */
  readonly folder: string;
  readonly command: string;
  /** What each file exports, and where that type is, seen from the folder. */
  readonly type: string;
  readonly typeFile: string;
  /** The name of the list. */
  readonly list: string;
}

/** The explicit list of a folder's files, so that an addition is its own file and nothing else. */
export function folderIndex({ command, type, typeFile, list }: ListedFolder, names: readonly string[]): string {
  return `// Written by "${command}" from the files of this folder; run it again instead of editing.
import type { ${type} } from '${typeFile}';
${names.map((name) => `import { ${camelCase(name)} } from './${name}.ts';`).join('\n')}

${asList(`export const ${list}: readonly ${type}[] = `, names.map(camelCase))}
`;
}

/** As the formatter writes it: on one line where it fits. */
function asList(head: string, words: readonly string[]): string {
  const line = `${head}[${words.join(', ')}];`;
  return line.length <= LINE_WIDTH ? line : `${head}[\n  ${words.join(',\n  ')},\n];`;
}

export function writeFolderIndex(given: ListedFolder): void {
  const names = fs
    .readdirSync(path.join(import.meta.dirname, '..', '..', given.folder))
    .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
  writeGenerated(new Map([[`${given.folder}/index.ts`, folderIndex(given, names)]]), given.command);
}
