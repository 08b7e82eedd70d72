import type { TenantQuery } from './tenant-window.ts';

export interface TableDiff {
  readonly target: string;
  /** TEMP table with what the rows shall be; its columns are named as the target's. */
  readonly fresh: string;
  /** Which rows of the tenant the fresh ones replace: a condition on the alias `t`, its parameters from $2 on. */
  readonly scope: string;
  readonly values: readonly unknown[];
  /** Columns that are never null. A few of them must nearly tell a row, for they find its counterpart. */
  readonly keys: readonly string[];
  /** Numbers of words, null where there is none. They help to find the counterpart. */
  readonly refs?: readonly string[];
  /** Words that may be null. They help, too: as the text of a row, which tells null from ''. */
  readonly words?: readonly string[];
  /** All other columns that are compared. */
  readonly rest: readonly string[];
  /** Written with a new row and not compared: somebody else keeps them. */
  readonly initially?: string;
  readonly order?: string;
}

/** Words are numbered from 1, so this is none of them. */
const NO_REF = -1;

/**
 * Makes the tenant's rows in scope equal the fresh ones and touches only what differs: a changed row is taken out and put in anew, one
 * that stays is not written. Where there was nothing it is a plain INSERT … SELECT.
 */
export async function applyDiff(query: TenantQuery, tenantId: string, diff: TableDiff): Promise<void> {
  const { target, fresh, keys, refs = [], words = [], rest, initially, order } = diff;
  const scope = `t.tenant_id = $1 and ${diff.scope}`;
  const values = [tenantId, ...diff.values];
  const same = [
    ...keys.map((column) => `f.${column} = t.${column}`),
    ...refs.map((column) => `coalesce(f.${column}, ${NO_REF}) = coalesce(t.${column}, ${NO_REF})`),
    ...(words.length > 0 ? [`${rowText('f', words)} = ${rowText('t', words)}`] : []),
    ...rest.map((column) => `f.${column} is not distinct from t.${column}`),
  ].join(' and ');
  const columns = [...keys, ...refs, ...words, ...rest, ...(initially ? [initially] : [])];
  const insert = `insert into ${target} (tenant_id, ${columns.join(', ')}) select $1, ${columns.map((column) => `f.${column}`).join(', ')} from ${fresh} f`;
  const inOrder = order ? `order by ${order}` : '';
  const { rows } = await query<{ known: boolean }>(`select exists (select from ${target} t where ${scope}) as known`, values);
  if (!rows[0]?.known) {
    await query(`${insert} ${inOrder}`, [tenantId]);
    return;
  }
  await query(`analyze ${fresh}`, []);
  await query(`delete from ${target} t where ${scope} and not exists (select from ${fresh} f where ${same})`, values);
  await query(`${insert} where not exists (select from ${target} t where ${scope} and ${same}) ${inOrder}`, values);
}

function rowText(alias: string, columns: readonly string[]): string {
  return `row(${columns.map((column) => `${alias}.${column}`).join(', ')})::text`;
}
