import { awsAdvice } from '../adapters/aws/advice.ts';
import { awsCostSource, awsExportSource } from '../adapters/aws/index.ts';
import { openAws } from '../adapters/aws/open-aws.ts';
import { exemptionFileReader } from '../adapters/files/exemption-file.ts';
import { billFileReader } from '../adapters/files/index.ts';
import { planFiles } from '../adapters/files/plan/index.ts';
import { usageFileReader } from '../adapters/files/usage-csv.ts';
import { apiKeyStore, sessionStore, signInStore } from '../adapters/postgres/access-store.ts';
import { assignmentStore } from '../adapters/postgres/assignment-store.ts';
import { connectionStore } from '../adapters/postgres/connection-store.ts';
import { contractStore } from '../adapters/postgres/contract-store.ts';
import { openDatabase } from '../adapters/postgres/database.ts';
import { type EmbeddedServer, joinEmbedded } from '../adapters/postgres/embedded/index.ts';
import { exemptionStore } from '../adapters/postgres/exemption-store.ts';
import { exportStore } from '../adapters/postgres/export-store.ts';
import { attributionStore } from '../adapters/postgres/ledger/attribution-store.ts';
import { factStore } from '../adapters/postgres/ledger/fact-store.ts';
import { hourlyUsageStore } from '../adapters/postgres/ledger/hourly-usage-store.ts';
import { ledgerReader } from '../adapters/postgres/ledger/ledger-reader.ts';
import { ledgerWriter } from '../adapters/postgres/ledger/ledger-writer.ts';
import { observationWriter } from '../adapters/postgres/ledger/observation-writer.ts';
import { pullState } from '../adapters/postgres/ledger/pull-state.ts';
import { retention } from '../adapters/postgres/ledger/retention.ts';
import { snapshotReader } from '../adapters/postgres/ledger/snapshot-reader.ts';
import { planStore } from '../adapters/postgres/plan-store.ts';
import { policyStore } from '../adapters/postgres/policy-store.ts';
import { prepareDatabase } from '../adapters/postgres/prepare-database.ts';
import { decisionStore } from '../adapters/postgres/recommendations/decision-store.ts';
import { recommendationStore } from '../adapters/postgres/recommendations/recommendation-store.ts';
import { runStore } from '../adapters/postgres/run-store.ts';
import { statementMappingStore } from '../adapters/postgres/statement-mapping-store.ts';
import { auditStore, ownTenantStore, tenantDirectoryStore } from '../adapters/postgres/tenant-store.ts';
import { type Io, plainIo } from '../operations/ports/io.ts';
import type { Config } from './config.ts';
import type { House } from './house.ts';
import { SandboxOnDemand } from './sandbox-connections.ts';
import { installationSecret } from './secret.ts';

const EMBEDDED_DATABASE = 'cost_pillar';

/** For verbs that look at somebody's files and need no installation. */
export const usageFiles = usageFileReader;
export const exemptionFiles = exemptionFileReader;
export { planFiles };

/** Opens the installation: the server given by DATABASE_URL, or the data directory's own Postgres. Every adapter reaches out through `io`. */
export async function openHouse(config: Config, io: Io = plainIo): Promise<House> {
  const secret = installationSecret(config);
  const embedded =
    config.databaseUrl === null && config.databaseAdminUrl === null ? await joinEmbedded({ dataDir: config.dataDir, io }) : null;
  try {
    const prepared = await prepareDatabase({
      databaseUrl: config.databaseUrl,
      adminUrl: embedded ? databaseOf(embedded) : config.databaseAdminUrl,
      secret,
      io,
    });
    return furnished(config, secret, prepared, embedded, io);
  } catch (error) {
    await embedded?.leave();
    throw error;
  }
}

function databaseOf(embedded: EmbeddedServer): string {
  const url = new URL(embedded.adminUrl);
  url.pathname = `/${EMBEDDED_DATABASE}`;
  return url.href;
}

function furnished(
  config: Config,
  secret: string,
  prepared: { runtimeUrl: string; signingKey: Buffer },
  embedded: EmbeddedServer | null,
  io: Io,
): House {
  const database = openDatabase({ url: prepared.runtimeUrl, signingKey: prepared.signingKey, io });
  const sandbox = new SandboxOnDemand(config);
  const aws = openAws({ io });
  return {
    directory: tenantDirectoryStore(database),
    signIn: signInStore(database),
    apiSecret: secret,
    sandbox,
    pingDatabase: () => database.withoutTenant(async (client) => void (await client.query('select 1'))),
    ports: {
      tenant: ownTenantStore(database),
      audit: auditStore(database),
      connections: sandbox.over(connectionStore(database)),
      assignments: assignmentStore(database),
      ledgerWriter: ledgerWriter(database),
      ledgerReader: ledgerReader(database),
      retention: retention(database),
      observations: observationWriter(database),
      facts: factStore(database),
      hourlyUsage: hourlyUsageStore(database),
      attribution: attributionStore(database),
      contracts: contractStore(database),
      exemptions: exemptionStore(database),
      decisions: decisionStore(database),
      pullState: pullState(database),
      snapshots: snapshotReader(database),
      recommendations: recommendationStore(database),
      runs: runStore(database),
      keys: apiKeyStore(database),
      sessions: sessionStore(database),
      plans: planStore(database),
      policies: policyStore(database),
      costSource: awsCostSource(aws),
      awsAdvice: awsAdvice(aws),
      billFiles: billFileReader({ io }),
      statementMappings: statementMappingStore(database),
      exportSource: awsExportSource(aws, config.dataDir),
      exports: exportStore(database),
    },
    close: async () => {
      await sandbox.close();
      await database.close();
      await embedded?.leave();
    },
  };
}
