import { AdvisorError } from '../../kernel/failure.ts';
import type { ApiKey, ApiKeys, Sessions, SignIn } from '../../operations/ports/access.ts';
import type { Database } from './database.ts';
import { isUniqueViolation } from './failures.ts';

/** Keys, links and sessions. Only digests come in and only digests are kept. */
export function accessStores(database: Database): {
  readonly keys: ApiKeys;
  readonly signIn: SignIn;
  readonly sessions: Sessions;
} {
  return { keys: apiKeyStore(database), signIn: signInStore(database), sessions: sessionStore(database) };
}

export function apiKeyStore(database: Database): ApiKeys {
  return {
    async create(scope, key) {
      try {
        return await database.withTenant(scope, async (client) => {
          const { rows } = await client.query<ApiKey>(
            `insert into app.api_key (tenant_id, key_id, digest, name, scopes, role, expires_at)
             values ($1, $2, $3, $4, $5, $6, $7) returning ${KEY_COLUMNS}`,
            [scope.tenantId, key.keyId, key.digest, key.name, key.scopes, key.role, key.expiresAt],
          );
          return rows[0] as ApiKey;
        });
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
        throw new AdvisorError('CONFLICT', 'There is a key with this id already.', 'Create the key again.', { cause: error });
      }
    },
    list: (scope) =>
      database.withTenant(scope, async (client) => {
        const { rows } = await client.query<ApiKey>(`select ${KEY_COLUMNS} from app.api_key order by created_at desc, key_id`);
        return rows;
      }),
    revoke: (scope, keyId) =>
      database.withTenant(scope, async (client) => {
        const { rowCount } = await client.query(
          'update app.api_key set revoked_at = coalesce(revoked_at, clock_timestamp()) where key_id = $1',
          [keyId],
        );
        return rowCount === 1;
      }),
  };
}

/** Before there is a tenant: each question is one listed SECURITY DEFINER function. */
export function signInStore(database: Database): SignIn {
  const askOne = <Row extends object>(sql: string, secret: string): Promise<Row | null> =>
    database.withoutTenant(async (client) => (await client.query<Row>(sql, [secret])).rows[0] ?? null);
  return {
    findKey: (keyId) => askOne('select digest, tenant_id as "tenantId", name, scopes, role from app.find_key($1)', keyId),
    redeemLink: (digest) => askOne('select tenant_id as "tenantId", role from app.redeem_link($1)', digest),
    findSession: (digest) =>
      askOne('select tenant_id as "tenantId", role, session_id as "sessionId" from app.find_session($1)', digest),
  };
}

export function sessionStore(database: Database): Sessions {
  return {
    createLink: (scope, link) =>
      database.withTenant(scope, async (client) => {
        await client.query('insert into app.sign_in_link (tenant_id, digest, role, expires_at) values ($1, $2, $3, $4)', [
          scope.tenantId,
          link.digest,
          link.role,
          link.expiresAt,
        ]);
      }),
    createSession: (scope, session) =>
      database.withTenant(scope, async (client) => {
        await client.query(
          'insert into app.session (tenant_id, digest, role, expires_at, idle_seconds) values ($1, $2, $3, $4, $5)',
          [scope.tenantId, session.digest, session.role, session.expiresAt, session.idleSeconds],
        );
      }),
    endSession: (scope, digest) =>
      database.withTenant(scope, async (client) => {
        await client.query('update app.session set ended_at = clock_timestamp() where digest = $1 and ended_at is null', [
          digest,
        ]);
      }),
  };
}

const KEY_COLUMNS = `key_id as "keyId", name, scopes, role, created_at as "createdAt", expires_at as "expiresAt",
  last_used_at as "lastUsedAt", revoked_at as "revokedAt"`;
