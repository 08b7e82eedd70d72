import type pg from 'pg';
import { AdvisorError, isAdvisorError } from '../../kernel/failure.ts';
import { asReaderFailure, sqlState } from './failures.ts';
import type { RoleFacts } from './run-time-login.ts';

/** What Postgres says before it lets anybody in. */
export function refusedAtTheDoor(error: unknown): unknown {
  if (isAdvisorError(error)) return error;
  if (!/^28/.test(sqlState(error) ?? '')) return asReaderFailure(error);
  return new AdvisorError(
    'DATABASE_NOT_ALLOWED',
    'The database refused the login.',
    'Check user and password in DATABASE_URL and DATABASE_ADMIN_URL.',
    { cause: error },
  );
}

export function asMissingRight(error: unknown, client: pg.Client): unknown {
  if (sqlState(error) !== '42501') return error;
  const user = client.escapeIdentifier(client.user ?? '');
  const database = client.escapeIdentifier(client.database ?? '');
  return new AdvisorError(
    'DATABASE_NOT_ALLOWED',
    `The administrator's login may not prepare the database: ${(error as Error).message}.`,
    `As a superuser run: ALTER ROLE ${user} CREATEROLE; GRANT CREATE ON DATABASE ${database} TO ${user}; and, where the roles are already there, GRANT cost_pillar_owner, cost_pillar_app TO ${user} WITH ADMIN OPTION;`,
    { cause: error },
  );
}

export function notPrepared({ role }: RoleFacts): AdvisorError {
  return new AdvisorError(
    'DATABASE_NOT_ALLOWED',
    `The database is not prepared, and the role ${role} may not prepare it: it lacks CREATEROLE.`,
    `Start once with DATABASE_ADMIN_URL set to an administrator's login; or as a superuser run: ALTER ROLE ${role} CREATEROLE; GRANT CREATE ON DATABASE <name> TO ${role};`,
  );
}

export function notMigrated(count: number): AdvisorError {
  return new AdvisorError(
    'DATABASE_NOT_ALLOWED',
    `The database lacks ${count} migration${count === 1 ? '' : 's'} of this version, and this login may not run them.`,
    "Start once with DATABASE_ADMIN_URL set to an administrator's login.",
  );
}

export function notPlain({ role }: RoleFacts): AdvisorError {
  return new AdvisorError(
    'DATABASE_NOT_ALLOWED',
    `The role ${role} owns tables or passes by row-level security; Cost Pillar does not run with it.`,
    'Give DATABASE_URL a plain login, and this one as DATABASE_ADMIN_URL.',
  );
}
