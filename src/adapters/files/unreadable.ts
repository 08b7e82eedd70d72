import path from 'node:path';
import { AdvisorError } from '../../kernel/failure.ts';
import { oneLine } from '../../kernel/text.ts';

/** FILE_UNREADABLE that names the file and what is wrong with it, in words of ours and of the file. */
export function unreadable(file: string, why: string, cause?: unknown): AdvisorError {
  return new AdvisorError(
    'FILE_UNREADABLE',
    `the file ${oneLine(path.basename(file), 200)} was not imported: ${oneLine(why, 2_000)}`,
    'Give a Cost and Usage Report (CSV, gzip or Parquet) or a FOCUS 1.0, 1.1 or 1.2 file; fetch it again if it was cut off.',
    { cause },
  );
}
