import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { unreadable } from './unreadable.ts';

/** A folder of an export holds as many in years; more is a wrong folder. */
const MAX_FILES = 1_000;
const BILL_NAME = /\.(csv|gz|parquet|snappy|tsv|txt)$/i;
const PATTERN = /[*?[\]{}]/;

/**
 * The files behind what was named: files, folders (with everything under them that is called like a bill) and patterns that the shell left
 * alone. Links inside folders are not followed. The same file twice, also under another name, is one file. In the order of their names.
 */
export async function findFiles(named: readonly string[]): Promise<readonly string[]> {
  const found = new Map<string, string>();
  for (const each of named) {
    for (const file of filesOf(each)) {
      const real = realPath(file);
      if (!found.has(real)) found.set(real, file);
      if (found.size > MAX_FILES)
        throw unreadable(each, `with it there are more than ${MAX_FILES} files; name the month that is meant`);
    }
  }
  return withoutCopies([...found.values()]);
}

function filesOf(named: string): readonly string[] {
  const status = statusOf(named);
  if (status?.isFile()) return [named];
  if (status?.isDirectory()) return some(named, inFolder(named), 'the folder holds no file that is called like a bill');
  if (status) throw unreadable(named, 'it is neither a file nor a folder');
  if (!PATTERN.test(named)) throw unreadable(named, 'there is no such file');
  const matches = fs.globSync(named).filter((file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile());
  return some(named, matches.toSorted(), 'no file matches the pattern');
}

function statusOf(named: string): fs.Stats | undefined {
  try {
    return fs.statSync(named, { throwIfNoEntry: false });
  } catch (cause) {
    throw unreadable(named, 'its path cannot be followed: links in a circle, or a folder that may not be read', cause);
  }
}

function some(named: string, files: readonly string[], why: string): readonly string[] {
  if (files.length === 0) throw unreadable(named, why);
  return files;
}

function inFolder(folder: string): readonly string[] {
  return fs
    .globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile() && BILL_NAME.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
}

function realPath(file: string): string {
  try {
    return fs.realpathSync(file);
  } catch (cause) {
    throw unreadable(file, 'its links lead nowhere', cause);
  }
}

/** Only files of one size can be copies of each other. */
async function withoutCopies(files: readonly string[]): Promise<readonly string[]> {
  const sizes = Map.groupBy(files, (file) => fs.statSync(file).size);
  const seen = new Set<string>();
  const kept = [];
  for (const file of files) {
    const size = fs.statSync(file).size;
    const mark = sizes.get(size)?.length === 1 ? file : `${size} ${await contentOf(file)}`;
    if (!seen.has(mark)) kept.push(file);
    seen.add(mark);
  }
  return kept;
}

async function contentOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(fs.createReadStream(file), hash);
  return hash.digest('hex');
}
