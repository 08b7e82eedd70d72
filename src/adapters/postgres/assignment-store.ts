import type pg from 'pg';
import { AdvisorError } from '../../kernel/failure.ts';
import type { AccountAssignment } from '../../ledger/assignment.ts';
import type { TenantScope } from '../../operations/context.ts';
import type { Assignments, KnownAccount } from '../../operations/ports/connections.ts';
import type { Database } from './database.ts';
import { isExclusionViolation, isForeignKeyViolation, sqlState } from './failures.ts';
import { splitAgain } from './ledger/split-again.ts';
import { splitLock } from './ledger/tenant-window.ts';

export function assignmentStore(database: Database): Assignments {
  return {
    accounts: (scope) => database.withTenant(scope, knownAccounts),
    list: (scope, connectionId) =>
      database.withTenant(scope, async (client) => {
        const { rows } = await client.query<AssignmentRow>(
          `select ${COLUMNS} from app.account_assignment where connection_id = $1 order by account_id collate "C", lower(period)`,
          [connectionId],
        );
        return rows.map(asAssignment);
      }),
    async assign(scope, assignment) {
      if (assignment.period.start >= assignment.period.end) {
        throw new AdvisorError('INVALID_INPUT', 'The assignment ends before it begins.', 'Give an end after the start.');
      }
      try {
        return await database.withTenant(scope, (client) => assign(database, client, scope, assignment));
      } catch (error) {
        throw asReason(error, assignment);
      }
    },
  };
}

async function knownAccounts(client: pg.ClientBase): Promise<readonly KnownAccount[]> {
  const { rows: accounts } = await client.query<{ account_id: string; account_name: string | null }>(
    `select account_id, (select account_name from app.account x where x.account_id = k.account_id)
       from (select account_id from app.account union select account_id from app.account_assignment) k order by account_id collate "C"`,
  );
  const { rows } = await client.query<AssignmentRow>(`select ${COLUMNS} from app.account_assignment order by lower(period)`);
  const assigned = Map.groupBy(rows.map(asAssignment), (item) => item.accountId);
  return accounts.map((row) => ({
    accountId: row.account_id,
    accountName: row.account_name,
    assignments: assigned.get(row.account_id) ?? [],
  }));
}

async function assign(
  database: Database,
  client: pg.ClientBase,
  scope: TenantScope,
  assignment: AccountAssignment,
): Promise<{ readonly windows: number }> {
  const { accountId, tenantId, connectionId, period } = assignment;
  // One at a time for an account, over all tenants: two that met at the exclusion constraint would deadlock first.
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [JSON.stringify(['account', accountId])]);
  const { rows } = await client.query<AssignmentRow & { id: string }>(
    `select id, ${COLUMNS} from app.account_assignment where account_id = $1 and upper(period) > $2 order by lower(period) for update`,
    [accountId, period.start],
  );
  const present = rows.map((row) => ({ id: row.id, ...asAssignment(row) }));
  if (present.some((item) => isSame(item, assignment))) return { windows: 0 };
  if (present.some((item) => item.period.start > period.start)) throw laterOne(accountId);
  // A pull that has read the assignments before must end first, one that comes after sees the new ones.
  for (const id of [...new Set([connectionId, ...present.map((item) => item.connectionId)])].sort())
    await splitLock(client, id, 'exclusive');
  for (const item of present) {
    // One that begins on the same day would be left without any: it is replaced.
    const ends = item.period.start < period.start;
    await client.query(
      ends
        ? 'update app.account_assignment set period = daterange(lower(period), $2) where id = $1'
        : 'delete from app.account_assignment where id = $1 and lower(period) = $2::date',
      [item.id, period.start],
    );
  }
  await client.query(
    `insert into app.account_assignment (tenant_id, connection_id, account_id, assigned_tenant_id, period)
     values ($1, $2, $3, $4, daterange($5, $6))`,
    [scope.tenantId, connectionId, accountId, tenantId, period.start, period.end],
  );
  return { windows: await splitAgain(database, client, scope, { accountId, since: period.start }) };
}

const COLUMNS = `account_id, assigned_tenant_id, connection_id, lower(period) as starts, coalesce(upper(period), 'infinity') as ends`;

interface AssignmentRow {
  readonly account_id: string;
  readonly assigned_tenant_id: string;
  readonly connection_id: string;
  readonly starts: string;
  readonly ends: string;
}

function asAssignment(row: AssignmentRow): AccountAssignment {
  return {
    accountId: row.account_id,
    tenantId: row.assigned_tenant_id,
    connectionId: row.connection_id,
    period: { start: row.starts, end: row.ends },
  };
}

function isSame(a: AccountAssignment, b: AccountAssignment): boolean {
  return (
    a.tenantId === b.tenantId &&
    a.connectionId === b.connectionId &&
    a.period.start === b.period.start &&
    a.period.end === b.period.end
  );
}

function laterOne(accountId: string): AdvisorError {
  return new AdvisorError(
    'CONFLICT',
    `Account ${accountId} has an assignment that begins later.`,
    'Begin after it, or end yours where it begins.',
  );
}

/** Says nothing about who holds an account: that may be another tenant's business. */
function asReason(error: unknown, { accountId }: AccountAssignment): unknown {
  if (isExclusionViolation(error, 'account_assignment_one_tenant_a_day')) {
    return new AdvisorError(
      'CONFLICT',
      `Account ${accountId} is assigned already on some of these days.`,
      'An account has one tenant and one source a day: end the other assignment first.',
      { cause: error },
    );
  }
  if (isForeignKeyViolation(error)) {
    return new AdvisorError('NOT_FOUND', 'There is no such connection or tenant.', 'List them to find the right one.', {
      cause: error,
    });
  }
  if (sqlState(error) === '42501') {
    return new AdvisorError('FORBIDDEN', 'Only the operator assigns accounts to other tenants.', 'Ask the operator to do it.', {
      cause: error,
    });
  }
  return error;
}
