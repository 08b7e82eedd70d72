import { AdvisorError } from '../../kernel/failure.ts';
import type { Connection, Connections, CredentialReference } from '../../operations/ports/connections.ts';
import type { Database } from './database.ts';
import { isUniqueViolation } from './failures.ts';

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
               (tenant_id, name, payer_account_id, credential_kind, credential_profile, region_id, endpoint_url, price_view)
             values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${COLUMNS}`,
            [
              scope.tenantId,
              connection.name,
              connection.payerAccountId,
              connection.credentials.kind,
              connection.credentials.kind === 'chain' ? connection.credentials.profile : null,
              connection.regionId,
              connection.endpointUrl,
              connection.priceView,
            ],
          );
          return asConnection(rows[0] as ConnectionRow);
        });
      } catch (error) {
        if (!isUniqueViolation(error, 'connection_name')) throw error;
        throw new AdvisorError(
          'CONFLICT',
          `There is a connection named "${connection.name}" already.`,
          'Choose another name, or use that one.',
          { cause: error },
        );
      }
    },
    setEndpoint: (scope, connectionId, endpointUrl) =>
      database.withTenant(scope, async (client) => {
        const { rowCount } = await client.query('update app.connection set endpoint_url = $2 where id = $1', [
          connectionId,
          endpointUrl,
        ]);
        if (rowCount === 0)
          throw new AdvisorError('NOT_FOUND', 'There is no such connection.', 'List the connections to find it.');
      }),
  };
}

const COLUMNS = `tenant_id, id, name, payer_account_id, credential_kind, credential_profile, region_id, endpoint_url, price_view, created_at`;

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
  readonly created_at: string;
}

function asConnection(row: ConnectionRow): Connection {
  const kind = row.credential_kind;
  return {
    id: row.id,
    ownerTenantId: row.tenant_id,
    name: row.name,
    payerAccountId: row.payer_account_id,
    credentials: kind === 'chain' ? { kind, profile: row.credential_profile } : { kind },
    regionId: row.region_id,
    endpointUrl: row.endpoint_url,
    priceView: row.price_view,
    createdAt: row.created_at,
  };
}
