import fs from 'node:fs';
import path from 'node:path';
import { AdvisorError } from '../kernel/failure.ts';

/** A file that a person named. FILE_UNREADABLE where it is not there, or larger than any `what` ("plan") can be. */
export function readTextFile(file: string, what: string, maximumMegabytes: number): string {
  const name = path.basename(file);
  try {
    if (fs.statSync(file).size > maximumMegabytes * 2 ** 20)
      throw new AdvisorError(
        'FILE_UNREADABLE',
        `${name} is larger than any ${what} (${maximumMegabytes} MB)`,
        `Give the ${what} itself.`,
      );
    return fs.readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof AdvisorError) throw cause;
    throw new AdvisorError('FILE_UNREADABLE', `${name} cannot be read`, 'Check the path and who may read it.', { cause });
  }
}
