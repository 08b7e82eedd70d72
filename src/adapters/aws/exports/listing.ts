import type { ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { oneLine } from '../../../kernel/text.ts';
import { unreadable } from '../request.ts';
import { type Ask, ask } from './ask.ts';

/** A thousand keys a page: far above any folder that we list. */
const MAX_PAGES = 500;

/** The folders right below a prefix, over all pages. */
export async function foldersBelow(asked: Ask, prefix: string): Promise<readonly string[]> {
  const folders: string[] = [];
  for await (const page of pages(asked, prefix, '/')) {
    for (const { Prefix } of page.CommonPrefixes ?? []) if (Prefix !== undefined) folders.push(Prefix);
  }
  return folders;
}

export interface Listed {
  readonly etag: string;
  readonly bytes: number;
  readonly lastModified: Date | null;
}

/** Those of the wanted objects that lie right below a folder, by key. Read no further than the last of them. */
export async function objectsIn(asked: Ask, folder: string, wanted: ReadonlySet<string>): Promise<ReadonlyMap<string, Listed>> {
  const objects = new Map<string, Listed>();
  for await (const page of pages(asked, folder, '/')) {
    for (const { Key, ETag, Size, LastModified } of page.Contents ?? []) {
      if (Key === undefined || ETag === undefined || !wanted.has(Key)) continue;
      objects.set(Key, { etag: ETag, bytes: Size ?? 0, lastModified: LastModified ?? null });
    }
    if (objects.size === wanted.size) break;
  }
  return objects;
}

async function* pages(asked: Ask, Prefix: string, Delimiter: string): AsyncGenerator<ListObjectsV2CommandOutput> {
  const listing = `The listing of ${oneLine(Prefix, 200)}`;
  const seen = new Set<string>();
  let token: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await ask(asked, 'ListBucket', async (client) => {
      const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
      const input = { Bucket: asked.place.bucket, Prefix, Delimiter, ...(token && { ContinuationToken: token }) };
      return client.send(new ListObjectsV2Command(input), sending(asked));
    });
    yield answer;
    if (!answer.IsTruncated) return;
    token = answer.NextContinuationToken;
    if (!token || seen.has(token)) throw unreadable(listing, 'S3 gave no new token for the next page');
    seen.add(token);
  }
  throw unreadable(listing, `it did not end after ${MAX_PAGES} pages`);
}

export function sending({ options }: Pick<Ask, 'options'>): { abortSignal?: AbortSignal } {
  return options.signal ? { abortSignal: options.signal } : {};
}
