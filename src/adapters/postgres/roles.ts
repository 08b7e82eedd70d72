import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { sqlState } from './failures.ts';

/** Owns the schemas and everything in them; nobody logs in as it. */
export const OWNER_ROLE = 'cost_pillar_owner';
/** What run-time logins may do, as a group; nobody logs in as it. */
export const APP_ROLE = 'cost_pillar_app';

/** The two roles and the two schemas. Roles belong to the whole cluster, so another database's start may make them at the same moment. */
export async function makeRolesAndSchemas(client: pg.Client): Promise<void> {
  for (const role of [OWNER_ROLE, APP_ROLE]) {
    await unlessRaced(client, `create role ${role} nologin nosuperuser nobypassrls nocreatedb nocreaterole noreplication`, () =>
      roleExists(client, role),
    );
  }
  await grantMembership(client, OWNER_ROLE, await currentRole(client), 'set');
  for (const schema of ['app', 'app_priv']) {
    await client.query(`create schema if not exists ${schema} authorization ${OWNER_ROLE}`);
  }
  await refusePublicSchema(client);
}

/** `set`: may become the group (administrators). `usage`: has its rights without asking (run-time logins). */
export async function grantMembership(client: pg.Client, group: string, member: string, power: 'set' | 'usage'): Promise<void> {
  const isMember = async () => {
    // Before PostgreSQL 16 every member may SET ROLE; since then whoever made a role is a member that may not.
    const { rows } = await client.query<{ able: boolean }>(
      `select pg_has_role($1::name, $2::name,
         case when current_setting('server_version_num')::int < 160000 and $3 = 'set' then 'member' else $3 end) as able`,
      [member, group, power],
    );
    return rows[0]?.able === true;
  };
  await unlessRaced(client, `grant ${group} to ${client.escapeIdentifier(member)}`, isMember);
}

export async function roleExists(client: pg.Client, role: string): Promise<boolean> {
  return (await client.query('select from pg_roles where rolname = $1', [role])).rowCount === 1;
}

/** Already there, made by someone else in the meantime, or the same catalogue row written by two at once. */
const RACED = new Set(['42710', '23505', 'XX000', '40001']);

/** Runs a statement on shared catalogues until what it makes exists. */
export async function unlessRaced(client: pg.Client, statement: string, isDone: () => Promise<boolean>): Promise<void> {
  for (let attempt = 1; !(await isDone()); attempt += 1) {
    try {
      await client.query(statement);
    } catch (error) {
      if (attempt >= 20 || !RACED.has(sqlState(error) ?? '')) throw error;
      await sleep(20 * Math.random() * attempt);
    }
  }
}

async function currentRole(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ role: string }>('select current_user as role');
  return rows[0]?.role ?? '';
}

/** Databases made before PostgreSQL 15 let everyone create in `public`; a function there could shadow one of ours. */
async function refusePublicSchema(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ open: boolean }>(
    `select has_schema_privilege($1, oid, 'create') as open from pg_namespace where nspname = 'public'`,
    [APP_ROLE],
  );
  if (rows[0]?.open) await client.query('revoke create on schema public from public');
}
