import fs from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..', '..');

/**
 * The end of every generator: writes the files, or with `--check` says which differ from what would be written (exit code 1).
 * Paths are relative to the repository.
 */
export function writeGenerated(files: ReadonlyMap<string, string>, command: string, argv = process.argv.slice(2)): void {
  const checking = argv.includes('--check');
  for (const [file, text] of files) {
    const target = path.join(ROOT, file);
    const before = fs.existsSync(target) ? fs.readFileSync(target, 'utf8') : null;
    if (before === text) continue;
    if (checking) {
      console.error(`${file} is not what its generator writes now: run "${command}".`);
      process.exitCode = 1;
      continue;
    }
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
    console.log(`wrote ${file}`);
  }
}

/** Every detector by its file: `<category>/<id>.ts` with `<id>.prose.ts` beside it. Other files in the folders are helpers. */
export function detectorFiles(home = path.join(ROOT, 'src', 'advice', 'detectors')): { category: string; id: string }[] {
  if (!fs.existsSync(home)) return [];
  return fs
    .readdirSync(home, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep))
    .filter((parts) => parts.length === 2 && (parts[1] ?? '').endsWith('.prose.ts'))
    .map(([category = '', file = '']) => ({ category, id: file.slice(0, -'.prose.ts'.length) }))
    .sort((a, b) => (`${a.category}/${a.id}` < `${b.category}/${b.id}` ? -1 : 1));
}

/** "ebs-volume-gp2" -> "ebsVolumeGp2", the name under which a detector is exported. */
export function camelCase(id: string): string {
  return id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
