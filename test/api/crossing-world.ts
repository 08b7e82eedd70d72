import { accessStores } from '../../src/adapters/postgres/access-store.ts';
import { assignmentStore } from '../../src/adapters/postgres/assignment-store.ts';
import { connectionStore } from '../../src/adapters/postgres/connection-store.ts';
import type { Database } from '../../src/adapters/postgres/database.ts';
import { exemptionStore } from '../../src/adapters/postgres/exemption-store.ts';
import { ledgerReader } from '../../src/adapters/postgres/ledger/ledger-reader.ts';
import { ledgerWriter } from '../../src/adapters/postgres/ledger/ledger-writer.ts';
import { snapshotReader } from '../../src/adapters/postgres/ledger/snapshot-reader.ts';
import { planStore } from '../../src/adapters/postgres/plan-store.ts';
import { policyStore } from '../../src/adapters/postgres/policy-store.ts';
import { decisionStore } from '../../src/adapters/postgres/recommendations/decision-store.ts';
import { recommendationStore } from '../../src/adapters/postgres/recommendations/recommendation-store.ts';
import { runStore } from '../../src/adapters/postgres/run-store.ts';
import { auditStore, ownTenantStore, tenantDirectoryStore } from '../../src/adapters/postgres/tenant-store.ts';
import { addDays, dayOf } from '../../src/kernel/calendar.ts';
import { fingerprintUuid } from '../../src/kernel/fingerprint.ts';
import type { Charge } from '../../src/ledger/charge.ts';
import type { Role, TenantScope } from '../../src/operations/context.ts';
import type { Ports } from '../../src/operations/ports/index.ts';
import { digestOf } from '../../src/operations/secret.ts';
import { Plan } from '../../src/plan/plan.ts';
import { aRecommendation } from '../support/advice-arbitraries.ts';
import { bearer, type TestServer } from './test-server.ts';

/** What one tenant of the crossing test owns. Every text of it holds `marker`, which nobody else may ever see. */
export interface Owner {
  readonly marker: string;
  readonly scope: TenantScope;
  readonly accountId: string;
  readonly resourceId: string;
  readonly recommendationId: string;
  readonly exemptionId: string;
  readonly admin: string;
  readonly viewer: string;
  readonly reading: string;
  readonly revoked: string;
  readonly expired: string;
  readonly cookie: string;
  readonly endedCookie: string;
}

export function portsOver(database: Database): Ports {
  const { keys, sessions } = accessStores(database);
  const some: Partial<Ports> = {
    tenant: ownTenantStore(database),
    audit: auditStore(database),
    connections: connectionStore(database),
    exemptions: exemptionStore(database),
    decisions: decisionStore(database),
    assignments: assignmentStore(database),
    ledgerReader: ledgerReader(database),
    ledgerWriter: ledgerWriter(database),
    recommendations: recommendationStore(database),
    snapshots: snapshotReader(database),
    policies: policyStore(database),
    runs: runStore(database),
    plans: planStore(database),
    keys,
    sessions,
  };
  // The API reaches none of the others (AWS, files); a test that did would fail at once.
  return some as Ports;
}

/** Makes a tenant with one of every kind of thing that the API shows. */
export async function settle(server: TestServer, database: Database, ports: Ports, name: string, index: number): Promise<Owner> {
  const marker = `${name}marker`;
  const tenant = await tenantDirectoryStore(database).create({ name: `${marker} ltd`, locale: 'en' });
  const scope = asAdmin(tenant.id, marker);
  const accountId = `11112222${String(index).padStart(4, '0')}`;
  const resourceId = `i-${marker}`;
  await advise(ports, scope, { marker, accountId, resourceId });
  await ports.policies.apply(scope, {
    layer: 'tenant',
    text: `version: 1 # ${marker}`,
    reason: marker,
    basedOnVersion: null,
  });
  await ports.plans.save(scope, aPlan(marker, accountId), marker);
  for (let n = 0; n < 3; n++) {
    const run = await ports.runs.start(scope, { connectionId: null, source: `${marker} source ${n}`, window: null });
    await ports.runs.end(scope, run, { status: 'ok', rows: index });
  }
  const key = (role: Role, scopes: ('read' | 'write')[] = ['read', 'write']) => server.keyFor(scope, role, scopes);
  const [admin, viewer, reading, revoked, expired] = [
    await key('tenantAdmin'),
    await key('viewer'),
    await key('tenantAdmin', ['read']),
    await key('tenantAdmin'),
    `cpk_expired${String(index).padStart(9, '0')}_${'e'.repeat(43)}`,
  ];
  await ports.keys.revoke(scope, revoked.split('_')[1] ?? '');
  const past = new Date(Date.now() - 1000).toISOString();
  const expiredId = expired.split('_')[1] ?? '';
  await ports.keys.create(scope, { ...EXPIRED, name: marker, keyId: expiredId, digest: digestOf(expired), expiresAt: past });
  const [cookie, endedCookie] = [await server.cookieFor(scope), await server.cookieFor(scope)];
  await ports.sessions.endSession(scope, digestOf(endedCookie.split('=')[1] ?? ''));
  const recommendationId = recommendationIdOf(scope, resourceId);
  return {
    marker,
    scope,
    accountId,
    resourceId,
    recommendationId,
    exemptionId: await exempted(ports, scope, { marker, accountId, resourceId }),
    admin,
    viewer,
    reading,
    revoked,
    expired,
    cookie,
    endedCookie,
  };
}

/** Of the second resource: what the matrix adds is about the first one. */
async function exempted(
  ports: Ports,
  scope: TenantScope,
  its: { marker: string; accountId: string; resourceId: string },
): Promise<string> {
  const decidedOn = dayOf(new Date());
  const terms = {
    detectorId: null,
    resourceId: `${its.resourceId}-2`,
    accountId: its.accountId,
    regionId: null,
    tagKey: null,
    tagValue: null,
    owner: its.marker,
    reason: its.marker,
    approver: its.marker,
    expiresOn: addDays(decidedOn, 30),
    maximumMonthlyCost: null,
    currency: null,
  };
  const [exemption] = await ports.exemptions.record(scope, { terms: [terms], decidedOn });
  return exemption?.id ?? '';
}

const EXPIRED = { scopes: ['read', 'write'] as const, role: 'tenantAdmin' as const };

function asAdmin(tenantId: string, marker: string): TenantScope {
  return { tenantId, actor: { kind: 'localOperator', id: 'test', label: marker, role: 'integratorAdmin' } };
}

function recommendationIdOf(scope: TenantScope, resourceId: string): string {
  return fingerprintUuid(scope.tenantId, 'test-detector', resourceId);
}

function aPlan(marker: string, accountId: string): Plan {
  const lines = [{ serviceName: `${marker} service`, expectedMonthlyCost: '15' }];
  const workloads = [{ name: `${marker} workload`, matches: { accountIds: [accountId] }, lines }];
  return Plan.parse({ name: `${marker} plan`, currency: 'USD', waves: [{ name: 'wave 1', cutOver: '2026-01-01', workloads }] });
}

async function advise(
  ports: Ports,
  scope: TenantScope,
  its: { marker: string; accountId: string; resourceId: string },
): Promise<void> {
  const one = (resourceId: string) =>
    aRecommendation({
      id: recommendationIdOf(scope, resourceId),
      accountId: its.accountId,
      resourceId,
      evidence: { instance: its.marker },
    });
  const recommendations = [its.resourceId, `${its.resourceId}-2`, `${its.resourceId}-3`].map(one);
  await ports.recommendations.save(scope, {
    asOf: '2026-03-10',
    dataAsOf: '2026-03-09',
    currency: 'USD',
    totals: { gross: '60', overlap: '0', net: '60', acceptedCost: '0' },
    waterfall: { gross: '60', reductions: [], net: '60' },
    hubReconciliation: null,
    recommendations,
    notJudged: [],
    judged: { findings: 3, healthy: 0, notApplicable: 0, unknown: 0, belowMinimumSaving: 0 },
    belowMinimumSaving: [],
    policyVersions: { tenant: null, integrator: null },
  });
}

/** A bill for one owner through its own connection, and for two who share a payer that the operator holds, split by account. */
export async function bill(database: Database, ports: Ports, alone: Owner, sharing: readonly [Owner, Owner]): Promise<void> {
  await writeBill(ports, alone.scope, [alone]);
  const operator = await tenantDirectoryStore(database).operator();
  await writeBill(ports, asAdmin(operator.id, 'operator'), sharing);
}

async function writeBill(ports: Ports, payer: TenantScope, owners: readonly Owner[]): Promise<void> {
  const connection = await ports.connections.create(payer, {
    name: 'payer',
    payerAccountId: '999988887777',
    credentials: { kind: 'chain', profile: null },
    regionId: 'us-east-1',
    endpointUrl: null,
    priceView: 'awsBilled',
  });
  const period = { start: '2026-02-01', end: '2026-03-01' };
  for (const { accountId, scope } of owners.filter((owner) => owner.scope !== payer)) {
    const assignment = {
      accountId,
      tenantId: scope.tenantId,
      connectionId: connection.id,
      period: { start: '2020-01-01', end: '2100-01-01' },
    };
    await ports.assignments.assign(payer, assignment);
  }
  for (const sliceId of ['account-service', 'account-service-running']) {
    const source = `${owners[0]?.marker} ${sliceId}`;
    const runId = await ports.runs.start(payer, { connectionId: connection.id, source, window: period });
    const charges = owners.flatMap((owner) => [0, 1].map((day) => aCharge(owner, addDays(period.start, day))));
    await ports.ledgerWriter.replaceWindow(payer, {
      connectionId: connection.id,
      runId,
      sliceId,
      window: period,
      priceView: 'awsBilled',
      charges: (async function* () {
        yield charges;
      })(),
      controls: async () =>
        [0, 1].map((day) => {
          const total = String(10 * owners.length);
          return { day: addDays(period.start, day), currency: 'USD', billedCost: total, effectiveCost: total, estimated: false };
        }),
      quarantined: () => [],
    });
    await ports.runs.end(payer, runId, { status: 'ok' });
  }
}

function aCharge(owner: Owner, day: string): Charge {
  return {
    day,
    subAccountId: owner.accountId,
    serviceName: `${owner.marker} service`,
    usageType: null,
    operation: null,
    regionId: null,
    resourceId: null,
    chargeCategory: null,
    chargeType: null,
    billedCost: '10',
    effectiveCost: '10',
    listCost: null,
    contractedCost: null,
    usageQuantity: null,
    usageUnit: null,
    currency: 'USD',
  };
}

/** What a new key of this tenant is called by, for the procedures that need one to take away. */
export async function spareKeyId(server: TestServer, owner: Owner): Promise<string> {
  return (await server.keyFor(owner.scope, 'viewer')).split('_')[1] ?? '';
}

export const as = (credential: string): RequestInit =>
  credential.startsWith('cpk_')
    ? bearer(credential)
    : { headers: { cookie: credential, 'sec-fetch-site': 'same-origin', 'x-cost-pillar': '1' } };
