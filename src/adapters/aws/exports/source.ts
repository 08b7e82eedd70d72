import { Readable } from 'node:stream';
import { AdvisorError } from '../../../kernel/failure.ts';
import { oneLine } from '../../../kernel/text.ts';
import type { ExportFile, ExportManifest, ExportPeriod, ExportSource } from '../../../operations/ports/export-source.ts';
import type { Aws } from '../request.ts';
import { type Ask, ask, MissingObject } from './ask.ts';
import { download } from './download.ts';
import { curPeriod, dataExportPeriod, rootOf } from './layout.ts';
import { foldersBelow, type Listed, objectsIn, sending } from './listing.ts';
import { readManifest, refused } from './manifest.ts';
import { sweep } from './temporary.ts';

/** Some thousand columns and files; a larger one is not AWS's. */
const MAX_MANIFEST_BYTES = 8 * 1024 ** 2;
/** AWS puts a delivery into one folder and the manifest into another; each folder is a request of its own. */
const MAX_FOLDERS = 100;
/** AWS writes the manifest last ("Understanding export delivery", read 2026-11): a younger file belongs to a delivery that is under way. */
const DELIVERY_MS = 6 * 3_600_000;

/** The exports of the bill in S3. `home` is a folder inside the data directory; what killed processes left there is swept at once. */
export function exportSourceOf(aws: Aws, home: string): ExportSource {
  sweep(home, aws.now());
  return {
    periods: (connection, place, options) => periods({ aws, connection, place, options }),
    manifest: (connection, place, period, options) => manifest({ aws, connection, place, options }, period),
    files: (connection, place, read, options) => files({ aws, connection, place, options }, read),
    fetch: (connection, place, listed, options) => download({ aws, connection, place, options }, home, listed),
  };
}

async function periods(asked: Ask): Promise<readonly ExportPeriod[]> {
  const { place } = asked;
  const root = rootOf(place);
  const folders = await foldersBelow(asked, root);
  const isDataExport =
    place.kind === 'dataExport' || (place.kind === 'auto' && folders.some((folder) => /\/(metadata|data)\/$/.test(folder)));
  const found = isDataExport
    ? [...(await foldersBelow(asked, `${root}data/`)), ...(await foldersBelow(asked, `${root}metadata/`))].map((folder) =>
        dataExportPeriod(place, folder),
      )
    : folders.map((folder) => curPeriod(place, folder));
  const byMonth = new Map(found.filter((period) => period !== null).map((period) => [period.month, period]));
  if (byMonth.size > 0) return [...byMonth.values()].sort((a, b) => (a.month < b.month ? -1 : 1));
  throw new AdvisorError(
    'DATA_UNAVAILABLE',
    `There is no export at s3://${place.bucket}/${oneLine(root.slice(0, -1), 200)} yet`,
    'Check the address: it ends with the name of the report or export. AWS makes the first delivery within 24 hours.',
  );
}

async function manifest(asked: Ask, period: ExportPeriod): Promise<ExportManifest> {
  const { text, etag } = await manifestText(asked, period).catch((error: unknown) => {
    if (!(error instanceof MissingObject)) throw error;
    throw new MissingObject(`There is no manifest ${oneLine(period.manifestKey, 200)} yet`, error);
  });
  return { ...period, manifestEtag: etag, ...readManifest(text, asked.place, period) };
}

async function manifestText(asked: Ask, period: ExportPeriod): Promise<{ readonly text: string; readonly etag: string }> {
  return ask(asked, 'GetObject', async (client) => {
    const { GetObjectCommand } = await import('@aws-sdk/client-s3');
    const command = new GetObjectCommand({ Bucket: asked.place.bucket, Key: period.manifestKey });
    const { Body, ETag } = await client.send(command, sending(asked));
    if (!(Body instanceof Readable)) throw new TypeError('the answer has no body');
    const parts: Buffer[] = [];
    let bytes = 0;
    for await (const part of Body as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes > MAX_MANIFEST_BYTES) throw refused(period, `it is larger than ${MAX_MANIFEST_BYTES / 1024 ** 2} MiB`);
      parts.push(part);
    }
    return { text: Buffer.concat(parts).toString('utf8'), etag: ETag ?? 'none' };
  });
}

async function files(asked: Ask, read: ExportManifest): Promise<readonly ExportFile[]> {
  const folders = Map.groupBy(new Set([read.manifestKey, ...read.keys]), folderOf);
  if (folders.size > MAX_FOLDERS) throw refused(read, `its files lie in ${folders.size} folders, more than ${MAX_FOLDERS}`);
  const listed = new Map<string, Listed>();
  for (const [folder, keys] of folders)
    for (const [key, object] of await objectsIn(asked, folder, new Set(keys))) listed.set(key, object);
  const top = listed.get(read.manifestKey);
  if (top?.etag !== read.manifestEtag)
    throw new MissingObject(`The manifest ${oneLine(read.manifestKey, 200)} was written anew while it was read`);
  const written = top.lastModified;
  return read.keys.map((key) => {
    const object = listed.get(key);
    if (!object) throw new MissingObject(`The manifest names ${oneLine(key, 200)}, which is not there`);
    const { etag, bytes, lastModified } = object;
    const isYounger = written !== null && lastModified !== null && lastModified > written;
    if (isYounger && asked.aws.now().getTime() - lastModified.getTime() < DELIVERY_MS)
      throw new MissingObject(`AWS is delivering ${oneLine(key, 200)} at this moment: it is younger than its manifest`);
    return { key, etag, bytes };
  });
}

function folderOf(key: string): string {
  return key.slice(0, key.lastIndexOf('/') + 1);
}
