import type { Tag } from '../../ledger/resource.ts';
import type { TaggedResource } from '../../operations/ports/ledger.ts';
import { jsonText } from './canonical.ts';
import type { Duck } from './duckdb.ts';
import type { Part } from './lines.ts';

/** Prefix of a tag that people gave, as CSV and as the normalised names of Parquet write it. Tags of AWS's own keep theirs. */
const USER_PREFIX = /^user[:_]/;

/** Resources with the tags of their newest line; nothing is read where no part has tags. */
export async function* taggedResources(duck: Duck, where: string, parts: readonly Part[]): AsyncGenerator<TaggedResource[]> {
  const newest = parts.flatMap(newestOf);
  if (newest.length === 0) return;
  const sql = `select account, resource, arg_max(tags, moment), strftime(max(moment), '%Y-%m-%d')
      from (${newest.join(' union all ')})
     where ${where} and account is not null and tags <> '{}' group by account, resource`;
  for await (const rows of duck.streamBeside(sql)) {
    yield rows.flatMap(([account, resource, tags, seenOn]) => {
      const own = tagsOf(tags ?? '');
      if (own.length === 0) return [];
      return [{ accountId: account ?? '', resourceId: resource ?? '', tags: own, seenOn: seenOn ?? '' }];
    });
  }
}

/** Made JSON after the newest line of each resource is found: a map is slow to write out. */
function newestOf({ file, canonical }: Part): string[] {
  const { tags, payer, account, resource, moment } = canonical;
  if (tags === null) return [];
  return [
    `select payer, account, resource, moment, ${jsonText({ ...tags, sql: 'tags' })} as tags from (
       select ${payer} as payer, ${account} as account, ${resource} as resource, max(${moment}) as moment,
              arg_max(${tags.sql}, ${moment}) as tags
         from ${file.from} where ${resource} is not null and year(${moment}) between 2006 and 2099 group by 1, 2, 3)`,
  ];
}

function tagsOf(json: string): Tag[] {
  const given = jsonOf(json);
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return [];
  return Object.entries(given)
    .filter(([, value]) => value !== null && value !== '')
    .map(([key, value]) => ({
      key: key.replace(USER_PREFIX, ''),
      value: String(value),
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** DuckDB takes more for JSON than JSON is, as NaN: such a cell states no tags, and its charges stay. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
