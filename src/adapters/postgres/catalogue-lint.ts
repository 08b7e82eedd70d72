import type pg from 'pg';
import { REVIEWED, RULES } from './catalogue-rules.ts';

export interface CatalogueFinding {
  readonly rule: string;
  /** The table, policy, key, function or role that breaks it. */
  readonly object: string;
}

/**
 * Reads the database's own catalogue and names everything that breaks a rule of tenancy. Empty: nothing found. Any login may ask; the
 * catalogue is open to all.
 */
export async function lintCatalogue(client: pg.ClientBase): Promise<readonly CatalogueFinding[]> {
  const findings: CatalogueFinding[] = [];
  for (const [rule, { sql, reviewed }] of Object.entries(RULES)) {
    const { rows } = await client.query<{ object: string }>(sql, reviewed ? [[...REVIEWED[reviewed]]] : []);
    for (const { object } of rows) findings.push({ rule, object });
  }
  return findings;
}
