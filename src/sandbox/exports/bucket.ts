import { addDays, addMonths, type Day, firstDay, type Month, monthOf, monthsIn, periodOfMonth } from '../../kernel/calendar.ts';
import type { Estate } from '../estate/types.ts';
import { assemblyManifestKey, dataKeys, EXPORTS, type ExportSetup, manifestKey } from './layout.ts';
import { manifestOf } from './manifest.ts';
import { type Delivery, deliveryOf, etagOf, filesOf, PARTS } from './month-files.ts';

export interface StoredObject {
  readonly body: Buffer;
  readonly etag: string;
  readonly lastModified: Date;
}

/** What happened to the deliveries, as the faults say. */
export interface ExportTroubles {
  /** So many of the last days are not in the exports yet. */
  readonly lateDays: number;
  /** Months delivered again with this much more on one line, in 1e-10 units. */
  readonly restated: ReadonlyMap<Month, bigint>;
}

/** The bucket that the company's exports are delivered to. Months are written when somebody asks, and the newest one asked for is kept. */
export interface ExportBucket {
  /** All keys in S3's order (UTF-8 bytes). */
  keys(): readonly string[];
  object(key: string): Promise<StoredObject | undefined>;
  /** Puts an object by hand over or beside what the estate delivers: for tests. */
  put(key: string, body: Buffer | string, lastModified?: Date): void;
  /** The object is gone, whoever put it there. */
  remove(key: string): void;
}

/** Full months before the current one, as Cost Explorer has them. */
const HISTORY_MONTHS = 13;

type Facts = Omit<StoredObject, 'body'>;
interface Source {
  readonly setup: ExportSetup;
  readonly delivery: Delivery;
  /** Null: the manifest. */
  readonly part: number | null;
}

export function exportBucket(estate: Estate, troubles: () => ExportTroubles, since = firstMonth(estate)): ExportBucket {
  const byHand = new Map<string, StoredObject | null>();
  let packed: { readonly name: string; readonly files: Promise<Buffer[]> } | null = null;
  const packedFiles = (setup: ExportSetup, delivery: Delivery): Promise<Buffer[]> => {
    const name = `${setup.name} ${delivery.id}`;
    if (packed?.name !== name) packed = { name, files: filesOf(estate, setup, delivery) };
    return packed.files;
  };
  return {
    keys() {
      const keys = new Set([...sourcesOf(estate, since, troubles()).keys(), ...byHand.keys()]);
      return [...keys].filter((key) => byHand.get(key) !== null).sort(byBytes);
    },
    async object(key) {
      const placed = byHand.get(key);
      if (placed !== undefined) return placed ?? undefined;
      const source = sourcesOf(estate, since, troubles()).get(key);
      if (!source) return undefined;
      const { setup, delivery, part } = source;
      const body = part === null ? manifestOf(estate, setup, delivery) : (await packedFiles(setup, delivery))[part];
      return body && { body, ...factsOf(body, delivery) };
    },
    put: (key, body, lastModified = new Date()) => {
      const bytes = Buffer.from(body as string);
      byHand.set(key, { body: bytes, etag: etagOf(bytes), lastModified });
    },
    remove: (key) => void byHand.set(key, null),
  };
}

function factsOf(body: Buffer, { writtenAt }: Delivery): Facts {
  return { etag: etagOf(body), lastModified: writtenAt };
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function firstMonth({ asOf }: Estate): Month {
  return addMonths(monthOf(asOf), -HISTORY_MONTHS);
}

/** Where each delivered object comes from. Written out for every question: some hundred keys. */
function sourcesOf(estate: Estate, since: Month, { lateDays, restated }: ExportTroubles): ReadonlyMap<string, Source> {
  const until = addDays(estate.asOf, -lateDays);
  const sources = new Map<string, Source>();
  for (const month of monthsIn({ start: firstDay(since), end: until })) {
    for (const setup of EXPORTS) {
      const added = restated.get(month) ?? 0n;
      const current = deliveryOf(estate, setup, month, until, added);
      for (const delivery of [...earlierOf(estate, setup, month, until, added !== 0n), current])
        addDelivery(sources, setup, delivery);
      sources.set(manifestKey(setup, month), { setup, delivery: current, part: null });
    }
  }
  return sources;
}

function addDelivery(sources: Map<string, Source>, setup: ExportSetup, delivery: Delivery): void {
  dataKeys(setup, delivery.month, delivery, PARTS).forEach((key, part) => void sources.set(key, { setup, delivery, part }));
  const copy = assemblyManifestKey(setup, delivery.month, delivery);
  if (copy !== null) sources.set(copy, { setup, delivery, part: null });
}

/** With new versions earlier deliveries are still there: the one that told one day less, and the one before it was put right. */
function earlierOf(estate: Estate, setup: ExportSetup, month: Month, until: Day, isRestated: boolean): Delivery[] {
  if (setup.versioning === 'overwrite') return [];
  const { start, end } = periodOfMonth(month);
  const before = addDays(until < end ? until : end, -1);
  const tellings = [...(before > start ? [before] : []), ...(isRestated ? [until] : [])];
  return tellings.map((told) => deliveryOf(estate, setup, month, told, 0n));
}
