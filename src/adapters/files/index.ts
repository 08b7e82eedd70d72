import type { BillFileReader, BillFormat, OpenBills } from '../../operations/ports/bill-file.ts';
import { type Io, plainIo } from '../../operations/ports/io.ts';
import { billsOf } from './bills.ts';
import type { Canonical } from './canonical.ts';
import { canonicalOfCur, isCur, missingOfCur, versionOfCur } from './cur.ts';
import { type Duck, openDuck } from './duckdb.ts';
import { findFiles } from './find-files.ts';
import { canonicalOfFocus, isFocus, missingOfFocus, versionOfFocus } from './focus.ts';
import type { Part } from './lines.ts';
import type { Readable } from './readable.ts';
import { recognise } from './recognise.ts';
import { takenAsShort, withShortDoubles } from './short-doubles.ts';
import { openStatements } from './statement/index.ts';
import { unreadable } from './unreadable.ts';

interface Format {
  readonly format: BillFormat;
  readonly is: (file: Readable) => boolean;
  readonly version: (file: Readable) => string;
  readonly missing: (file: Readable) => readonly string[];
  readonly canonical: (file: Readable) => Canonical;
}

const FORMATS: readonly Format[] = [
  {
    format: 'cur',
    is: isCur,
    version: versionOfCur,
    missing: missingOfCur,
    canonical: canonicalOfCur,
  },
  {
    format: 'focus',
    is: isFocus,
    version: versionOfFocus,
    missing: missingOfFocus,
    canonical: canonicalOfFocus,
  },
];

/** Reads bill files through DuckDB, which is loaded at the first use: whoever imports nothing does not pay for it. */
export function billFileReader({ io = plainIo }: { readonly io?: Io } = {}): BillFileReader {
  return {
    async open(paths) {
      const files = await findFiles(paths);
      const duck = await openDuck(io, files);
      try {
        return {
          bills: await openAll(duck, files),
          close: () => duck.close(),
        };
      } catch (error) {
        await duck.close();
        throw error;
      }
    },
    openStatements,
  };
}

async function openAll(duck: Duck, paths: readonly string[]): Promise<OpenBills['bills']> {
  const recognised = [];
  for (const path of paths) recognised.push(withFormat(duck, await recognise(duck, path)));
  const bills = [];
  for (const [format, files] of Map.groupBy(recognised, ({ format }) => format)) {
    bills.push(...(await billsOf(duck, `lines_${format.format}`, format.format, files)));
  }
  return bills;
}

interface Formatted extends Part {
  readonly format: Format;
}

function withFormat(duck: Duck, file: Readable): Formatted {
  const format = FORMATS.find((each) => each.is(file));
  if (!format) throw unreadable(file.path, 'its columns are neither those of a Cost and Usage Report nor of FOCUS');
  const missing = format.missing(file);
  if (missing.length > 0) throw unreadable(file.path, `it lacks the columns ${missing.join(', ')}`);
  const partOf = (read: Readable): Part => ({
    file: read,
    version: format.version(read),
    canonical: format.canonical(read),
    lookedAt: async () => partOf(await withShortDoubles(duck, file, format.canonical)),
  });
  return { format, ...partOf(takenAsShort(file, format.canonical)) };
}
