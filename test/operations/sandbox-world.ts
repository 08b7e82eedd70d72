import os from 'node:os';
import path from 'node:path';
import { awsAdvice } from '../../src/adapters/aws/advice.ts';
import { awsCostSource, awsExportSource } from '../../src/adapters/aws/index.ts';
import { openAws } from '../../src/adapters/aws/open-aws.ts';
import { billFileReader } from '../../src/adapters/files/index.ts';
import { assignmentStore } from '../../src/adapters/postgres/assignment-store.ts';
import { connectionStore } from '../../src/adapters/postgres/connection-store.ts';
import { contractStore } from '../../src/adapters/postgres/contract-store.ts';
import type { Database } from '../../src/adapters/postgres/database.ts';
import { exportStore } from '../../src/adapters/postgres/export-store.ts';
import { attributionStore } from '../../src/adapters/postgres/ledger/attribution-store.ts';
import { factStore } from '../../src/adapters/postgres/ledger/fact-store.ts';
import { hourlyUsageStore } from '../../src/adapters/postgres/ledger/hourly-usage-store.ts';
import { ledgerReader } from '../../src/adapters/postgres/ledger/ledger-reader.ts';
import { ledgerWriter } from '../../src/adapters/postgres/ledger/ledger-writer.ts';
import { observationWriter } from '../../src/adapters/postgres/ledger/observation-writer.ts';
import { pullState } from '../../src/adapters/postgres/ledger/pull-state.ts';
import { snapshotReader } from '../../src/adapters/postgres/ledger/snapshot-reader.ts';
import { planStore } from '../../src/adapters/postgres/plan-store.ts';
import { policyStore } from '../../src/adapters/postgres/policy-store.ts';
import { runStore } from '../../src/adapters/postgres/run-store.ts';
import { auditStore, ownTenantStore, tenantDirectoryStore } from '../../src/adapters/postgres/tenant-store.ts';
import type { Day } from '../../src/kernel/calendar.ts';
import { connect } from '../../src/operations/connect.ts';
import type { Context } from '../../src/operations/context.ts';
import type { Ports } from '../../src/operations/ports/index.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';

/** Where fetched exports lie while they are read. */
export const TEST_DATA_DIR = path.join(os.tmpdir(), `cost-pillar-test-${process.pid}`);

/** A new tenant on real Postgres, connected to a sandbox through the real adapter. */
export async function connectedTo(sandbox: Sandbox, database: Database, name: string, asOf: Day): Promise<Context> {
  const tenant = await tenantDirectoryStore(database).create({ name, locale: 'ja' });
  const context = contextOf(database, tenant.id, asOf);
  await connect(context, { credentials: { kind: 'sandbox' }, regionId: 'ap-northeast-1', endpointUrl: sandbox.url });
  return context;
}

/** A tenant on real Postgres, with the real adapters. */
export function contextOf(database: Database, tenantId: string, asOf: Day): Context {
  const aws = openAws({ maxAttempts: 2 });
  const ports = {
    assignments: assignmentStore(database),
    tenant: ownTenantStore(database),
    audit: auditStore(database),
    connections: connectionStore(database),
    ledgerWriter: ledgerWriter(database),
    ledgerReader: ledgerReader(database),
    observations: observationWriter(database),
    facts: factStore(database),
    hourlyUsage: hourlyUsageStore(database),
    attribution: attributionStore(database),
    contracts: contractStore(database),
    pullState: pullState(database),
    snapshots: snapshotReader(database),
    runs: runStore(database),
    plans: planStore(database),
    policies: policyStore(database),
    costSource: awsCostSource(aws),
    awsAdvice: awsAdvice(aws),
    billFiles: billFileReader(),
    exportSource: awsExportSource(aws, TEST_DATA_DIR),
    exports: exportStore(database),
  } as Partial<Ports> as Ports;
  return {
    scope: { tenantId, actor: { kind: 'localOperator', id: 'local', label: 'test', role: 'integratorAdmin' } },
    locale: 'en',
    now: () => new Date(`${asOf}T05:00:00Z`),
    ports,
    progress: null,
  };
}
