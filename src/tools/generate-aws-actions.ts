import fs from 'node:fs';
import path from 'node:path';
import { camelCase, writeGenerated } from './generated-file.ts';

const COMMAND = 'node src/tools/generate-aws-actions.ts';
const HOME = path.join(import.meta.dirname, '..', 'adapters', 'aws');
/** As the formatter has it (test/lint.json). */
const LINE_WIDTH = 130;
/** Sent with nobody's permission, or with our own: a customer grants neither. */
const NOT_THE_CUSTOMERS: readonly string[] = ['AssumeRole', 'GetCallerIdentity'];

/** The folders of sources that ask AWS something, each with what it sends and whether it says what IAM wants for it. */
export function sourceFolders(home = HOME): { folder: string; commands: string[]; hasActions: boolean }[] {
  const files = fs.readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const folders = Map.groupBy(files, (file) => path.dirname(file).split(path.sep)[0] ?? '.');
  return [...folders]
    .map(([folder, own]) => ({
      folder,
      commands: [...new Set(own.flatMap((file) => commandsSent(fs.readFileSync(path.join(home, file), 'utf8'))))].sort(),
      hasActions: folder !== '.' && own.includes(path.join(folder, 'actions.ts')),
    }))
    .sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** "GetTags" for `new GetTagsCommand(` and `new sdk.GetTagsCommand(`. */
export function commandsSent(text: string): string[] {
  return [...text.matchAll(/\bnew (?:\w+\.)?([A-Z]\w+)Command\(/g)].map(([, name = '']) => name);
}

/** What a source sends and its `actions.ts` does not name, and the reverse. Each as one sentence. */
export function complaints(
  folders: ReturnType<typeof sourceFolders>,
  named: (folder: string) => readonly string[],
): readonly string[] {
  return folders.flatMap(({ folder, commands, hasActions }) => {
    const wanted = commands.filter((command) => !NOT_THE_CUSTOMERS.includes(command));
    const known = hasActions ? named(folder) : [];
    const home = folder === '.' ? 'src/adapters/aws' : `src/adapters/aws/${folder}`;
    return [
      ...wanted
        .filter((command) => !known.includes(command))
        .map((command) => `${home} sends ${command}: say in ${home}/actions.ts which IAM actions that needs.`),
      ...known
        .filter((command) => !wanted.includes(command))
        .map((command) => `${home}/actions.ts asks for ${command}, which nobody sends: take it out.`),
    ];
  });
}

/** The explicit list of all sources' permissions: made from the folders, so that adding a source touches its own folder alone. */
export function actionsIndex(folders: readonly string[]): string {
  const imports = folders.map((folder) => `import { actions as ${camelCase(folder)} } from './${folder}/actions.ts';`);
  const spread = folders.map((folder) => `...${camelCase(folder)}`);
  const head = 'export const SOURCE_ACTIONS: readonly SourceActions[] = [';
  const line = `${head}${spread.join(', ')}];`;
  const list = line.length <= LINE_WIDTH ? line : `${head}\n${spread.map((item) => `  ${item},\n`).join('')}];`;
  return `// Written by "${COMMAND}" from the folders of this room; run it again instead of editing.
${imports.join('\n')}
import type { SourceActions } from './source-actions.ts';

${list}
`;
}

interface ActionsModule {
  readonly actions: readonly { readonly commands: Readonly<Record<string, unknown>> }[];
}

async function main(): Promise<void> {
  const folders = sourceFolders();
  const named = new Map<string, readonly string[]>();
  for (const { folder, hasActions } of folders) {
    if (!hasActions) continue;
    const { actions } = (await import(path.join(HOME, folder, 'actions.ts'))) as ActionsModule;
    named.set(
      folder,
      actions.flatMap(({ commands }) => Object.keys(commands)),
    );
  }
  for (const sentence of complaints(folders, (folder) => named.get(folder) ?? [])) {
    console.error(sentence);
    process.exitCode = 1;
  }
  const index = actionsIndex(folders.filter(({ hasActions }) => hasActions).map(({ folder }) => folder));
  writeGenerated(new Map([['src/adapters/aws/actions.ts', index]]), COMMAND);
}

if (import.meta.main) await main();
