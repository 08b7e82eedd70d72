import type { Tag } from '../../ledger/resource.ts';
import type { ObservedResource } from '../../operations/ports/ledger.ts';
import { NULL_TEXT } from './canonical.ts';
import type { Duck } from './duckdb.ts';
import type { Part } from './lines.ts';

/** Prefix of a tag that people gave, as CSV and as the normalised names of Parquet write it. Tags of AWS's own keep theirs. */
const USER_PREFIX = /^user[:_]/;

/** Resources with the tags of their newest line; nothing is read where no part has tags. */
export async function* taggedResources(
  duck: Duck,
  name: string,
  where: string,
  parts: readonly Part[],
): AsyncGenerator<ObservedResource[]> {
  if (parts.every(({ canonical }) => canonical.tags === NULL_TEXT)) return;
  const sql = `select account, resource, arg_max(region, moment), arg_max(tags, moment) from ${name}
     where reason is null and resource is not null and tags is not null and tags <> '{}' and ${where} group by account, resource`;
  for await (const rows of duck.stream(sql)) {
    yield rows.flatMap(([account, resource, region, tags]) => {
      const own = tagsOf(tags ?? '');
      if (own.length === 0) return [];
      return [
        {
          accountId: account ?? '',
          regionId: region ?? '',
          resourceId: resource ?? '',
          tags: own,
          utilization: null,
          operation: null,
        },
      ];
    });
  }
}

function tagsOf(json: string): Tag[] {
  const given: unknown = JSON.parse(json);
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return [];
  return Object.entries(given)
    .filter(([, value]) => value !== null && value !== '')
    .map(([key, value]) => ({
      key: key.replace(USER_PREFIX, ''),
      value: String(value),
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}
