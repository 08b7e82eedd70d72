import pg from 'pg';
import { withLogin } from './connection-url.ts';
import { sqlState } from './failures.ts';
import { ioOf } from './instrumented.ts';
import { APP_ROLE, grantMembership, OWNER_ROLE, roleExists, unlessRaced } from './roles.ts';
import { scramVerifier } from './scram.ts';
import type { DerivedSecrets } from './secrets.ts';

export interface RoleFacts {
  readonly role: string;
  readonly mayMakeRoles: boolean;
  /** Passes by no policy, may not become the owner, and owns nothing here. */
  readonly isPlain: boolean;
}

/** Of the connected role, or of the named one. */
export async function roleFacts(client: pg.Client, role?: string): Promise<RoleFacts> {
  const { rows } = await client.query<RoleFacts>(
    `select r.rolname as role, r.rolsuper or r.rolcreaterole as "mayMakeRoles",
       not (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb
         or exists (select from pg_roles o where o.rolname = $2 and pg_has_role(r.oid, o.oid, 'member'))
         or exists (select from pg_class c where c.relowner = r.oid)
         or exists (select from pg_namespace n where n.nspname in ('app', 'app_priv') and n.nspowner = r.oid)) as "isPlain"
     from pg_roles r where r.rolname = coalesce($1::name, current_user)`,
    [role ?? null, OWNER_ROLE],
  );
  return rows[0] ?? { role: role ?? '', mayMakeRoles: false, isPlain: false };
}

/** A login whose name and password follow from the installation's secret; answers its URL. */
export async function makeOwnLogin(client: pg.Client, url: string, login: DerivedSecrets['login']): Promise<string> {
  const { role, password, salt } = login;
  const verifier = client.escapeLiteral(scramVerifier(password, salt));
  const attributes = 'login nosuperuser nobypassrls nocreatedb nocreaterole noreplication inherit';
  await unlessRaced(client, `create role ${role} ${attributes} password ${verifier}`, () => roleExists(client, role));
  await grantMembership(client, APP_ROLE, role, 'usage');
  const runtimeUrl = withLogin(url, role, password);
  if (!(await ioOf(client)('postgres connect', () => opens(runtimeUrl))))
    await client.query(`alter role ${role} ${attributes} password ${verifier}`);
  return runtimeUrl;
}

async function opens(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (sqlState(error)?.startsWith('28')) return false;
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}
