import type pg from 'pg';
import { AdvisorError } from '../../kernel/failure.ts';
import type { TenantScope } from '../../operations/context.ts';
import type {
  Connection,
  Connections,
  CredentialReference,
  NewConnection,
  RoleTrust,
} from '../../operations/ports/connections.ts';
import type { Database } from './database.ts';
import { isForeignKeyViolation, isUniqueViolation } from './failures.ts';

export function connectionStore(database: Database): Connections {
  return {
    list: (scope) =>
      database.withTenant(scope, async (client) => {
        const { rows } = await client.query<ConnectionRow>(`select ${COLUMNS} from app.connection order by created_at, id`);
        return rows.map(asConnection);
      }),
    async create(scope, connection) {
      try {
        return await database.withTenant(scope, async (client) => {
          const { rows } = await client.query<ConnectionRow>(
            `insert into app.connection
               (tenant_id, name, payer_account_id, credential_kind, credential_profile, region_id, endpoint_url, price_view,
                role_arn, trust_state, trust_checked_at, billing_view_arn)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning ${COLUMNS}`,
            newRow(scope, connection),
          );
          return asConnection(rows[0] as ConnectionRow);
        });
      } catch (error) {
        throw asReason(error, connection);
      }
    },
    setEndpoint: (scope, connectionId, endpointUrl) =>
      database.withTenant(scope, async (client) => {
        const { rowCount } = await client.query('update app.connection set endpoint_url = $2 where id = $1', [
          connectionId,
          endpointUrl,
        ]);
        if (rowCount === 0) throw unknownConnection();
      }),
    setTrust: (scope, connectionId, { state, checkedAt }) =>
      database.withTenant(scope, async (client) => {
        const { rowCount } = await client.query(
          'update app.connection set trust_state = $2, trust_checked_at = $3 where id = $1 and role_arn is not null',
          [connectionId, state, checkedAt],
        );
        if (rowCount === 0) throw unknownConnection();
      }),
    externalId: (scope, accountId) => database.withTenant(scope, (client) => externalIdOf(client, scope, accountId)),
  };
}

/** The statement names tenant and account only: the id itself is the database's default. */
async function externalIdOf(client: pg.ClientBase, { tenantId }: TenantScope, accountId: string): Promise<string> {
  await client.query('insert into app.external_id (tenant_id, account_id) values ($1, $2) on conflict do nothing', [
    tenantId,
    accountId,
  ]);
  const { rows } = await client.query<{ external_id: string }>('select external_id from app.external_id where account_id = $1', [
    accountId,
  ]);
  const [row] = rows;
  if (!row) throw new Error('the external id that was just made cannot be read');
  return row.external_id;
}

function newRow(scope: TenantScope, connection: NewConnection): unknown[] {
  const { credentials, trust } = connection;
  return [
    scope.tenantId,
    connection.name,
    connection.payerAccountId,
    credentials.kind,
    credentials.kind === 'chain' || credentials.kind === 'role' ? credentials.profile : null,
    connection.regionId,
    connection.endpointUrl,
    connection.priceView,
    credentials.kind === 'role' ? credentials.roleArn : null,
    trust?.state ?? null,
    trust?.checkedAt ?? null,
    connection.billingViewArn ?? null,
  ];
}

const COLUMNS = `tenant_id, id, name, payer_account_id, credential_kind, credential_profile, region_id, endpoint_url, price_view,
  role_arn, trust_state, trust_checked_at, billing_view_arn, created_at,
  (select e.external_id from app.external_id e
    where e.tenant_id = connection.tenant_id and e.account_id = connection.role_account_id) as external_id`;

interface ConnectionRow {
  readonly tenant_id: string;
  readonly id: string;
  readonly name: string;
  readonly payer_account_id: string;
  readonly credential_kind: CredentialReference['kind'];
  readonly credential_profile: string | null;
  readonly region_id: string;
  readonly endpoint_url: string | null;
  readonly price_view: Connection['priceView'];
  readonly role_arn: string | null;
  readonly external_id: string | null;
  readonly trust_state: RoleTrust['state'] | null;
  readonly trust_checked_at: string | null;
  readonly billing_view_arn: string | null;
  readonly created_at: string;
}

function asConnection(row: ConnectionRow): Connection {
  return {
    id: row.id,
    ownerTenantId: row.tenant_id,
    name: row.name,
    payerAccountId: row.payer_account_id,
    credentials: credentialsOf(row),
    regionId: row.region_id,
    endpointUrl: row.endpoint_url,
    priceView: row.price_view,
    billingViewArn: row.billing_view_arn,
    trust:
      row.trust_state === null || row.trust_checked_at === null
        ? null
        : { state: row.trust_state, checkedAt: row.trust_checked_at },
    createdAt: row.created_at,
  };
}

function credentialsOf(row: ConnectionRow): CredentialReference {
  const { credential_kind: kind, credential_profile: profile, role_arn: roleArn, external_id: externalId } = row;
  if (kind === 'chain') return { kind, profile };
  if (kind !== 'role') return { kind };
  if (roleArn === null || externalId === null) throw new Error('a role without its name or its external id');
  return { kind, roleArn, externalId, profile };
}

function unknownConnection(): AdvisorError {
  return new AdvisorError('NOT_FOUND', 'There is no such connection.', 'List the connections to find it.');
}

function asReason(error: unknown, { name }: NewConnection): unknown {
  if (isUniqueViolation(error, 'connection_name')) {
    return new AdvisorError(
      'CONFLICT',
      `There is a connection named "${name}" already.`,
      'Choose another name, or use that one.',
      { cause: error },
    );
  }
  if (isForeignKeyViolation(error, 'connection_external_id')) {
    return new AdvisorError(
      'NOT_FOUND',
      'There is no external id for the account of this role yet.',
      'Make one first: "connect --role-for <account id>" prints the role to make.',
      { cause: error },
    );
  }
  return error;
}
