import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { accessStores } from '../../../src/adapters/postgres/access-store.ts';
import { assignmentStore } from '../../../src/adapters/postgres/assignment-store.ts';
import { connectionStore } from '../../../src/adapters/postgres/connection-store.ts';
import { sqlState } from '../../../src/adapters/postgres/failures.ts';
import { auditStore, ownTenantStore, tenantDirectoryStore } from '../../../src/adapters/postgres/tenant-store.ts';
import type { TenantScope } from '../../../src/operations/context.ts';
import { testDatabase, withSuperuser } from '../../support/database.ts';
import { ACCOUNTS, aConnection, FAR_END, makeWorld, type World } from '../../support/world.ts';

const db = testDatabase();
let world: World;
beforeAll(async () => {
  world = await makeWorld(db.database);
});

describe('the directory of tenants', () => {
  it('lists the operator first, then the customers by name', async () => {
    const names = (await tenantDirectoryStore(db.database).list()).map((tenant) => tenant.name);
    expect(names).toEqual(['operator', 'Aoyama Retail', 'Bunkyo Foods', 'Chiyoda Logistics']);
  });

  it('finds a tenant by its name, and none by an unknown one', async () => {
    const directory = tenantDirectoryStore(db.database);
    expect(await directory.byName('Aoyama Retail')).toEqual(world.aoyama);
    expect(await directory.byName('nobody')).toBeNull();
    expect((await directory.operator()).kind).toBe('operator');
  });

  it('refuses a name that is taken, and one that is empty', async () => {
    const directory = tenantDirectoryStore(db.database);
    await expect(directory.create({ name: 'Aoyama Retail', locale: 'en' })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(directory.create({ name: '  ', locale: 'en' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('shows a tenant itself', async () => {
    expect(await ownTenantStore(db.database).own(world.scopes.chiyoda)).toEqual(world.chiyoda);
  });
});

describe('the audit', () => {
  it('keeps who did what, newest first, hostile text included', async () => {
    const audit = auditStore(db.database);
    await audit.record(world.scopes.aoyama, { action: 'first', subject: 's' });
    await audit.record(world.scopes.aoyama, { action: 'second', subject: '\u0000"', detail: { why: '\ud800<b>' } });
    const events = await audit.list(world.scopes.aoyama, 10);
    expect(events.map((event) => [event.action, event.actor, event.subject, event.detail])).toEqual([
      ['second', 'Hanako Test', '\ufffd"', { why: '\ufffd<b>' }],
      ['first', 'Hanako Test', 's', {}],
    ]);
    expect(events[0]?.at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(await audit.list(world.scopes.bunkyo, 10)).toEqual([]);
  });

  it('cannot be changed or deleted, not even by its owner', async () => {
    await auditStore(db.database).record(world.scopes.aoyama, { action: 'stays', subject: 's' });
    for (const statement of [
      "update app.audit_event set action = 'x'",
      'delete from app.audit_event',
      'truncate app.audit_event',
    ]) {
      const attempt = db.database.withTenant(world.scopes.aoyama, (client) => client.query(statement));
      await expect(attempt).rejects.toMatchObject({ code: '42501' });
      await expect(withSuperuser(db.adminUrl, (client) => client.query(statement))).rejects.toThrow('append-only');
    }
  });
});

describe('connections', () => {
  it('come back as they were made', async () => {
    const store = connectionStore(db.database);
    const files = await aConnection(db.database, world.scopes.bunkyo, { name: 'files', credentials: { kind: 'files' } });
    const chain = { kind: 'chain', profile: 'finance' } as const;
    const real = await aConnection(db.database, world.scopes.bunkyo, { name: 'real', credentials: chain });
    expect(await store.list(world.scopes.bunkyo)).toEqual([files, real]);
    expect(real).toMatchObject({ ownerTenantId: world.bunkyo.id, credentials: chain, priceView: 'awsBilled' });
  });

  it('are named once per tenant', async () => {
    const again = aConnection(db.database, world.scopes.aoyama, { name: 'aoyama payer' });
    await expect(again).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(aConnection(db.database, world.scopes.chiyoda, { name: 'aoyama payer' })).resolves.toBeDefined();
  });

  it('change their endpoint for their own tenant only', async () => {
    const store = connectionStore(db.database);
    const { id } = world.connections.aoyama;
    await store.setEndpoint(world.scopes.aoyama, id, 'http://127.0.0.1:1');
    const strange = store.setEndpoint(world.scopes.bunkyo, id, 'http://127.0.0.1:2');
    await expect(strange).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const [own] = await store.list(world.scopes.aoyama);
    expect(own?.endpointUrl).toBe('http://127.0.0.1:1');
  });
});

describe('external ids', () => {
  const store = () => connectionStore(db.database);
  const ROLE = 'arn:aws:iam::400000000001:role/cost-pillar/cost-pillar-reader';
  const trust = { state: 'proven', checkedAt: '2026-11-20T00:00:00Z' } as const;
  const role = { kind: 'role', roleArn: ROLE, profile: null } as const;
  const refused = (scope: TenantScope, statement: string, values: unknown[] = []) =>
    db.database.withTenant(scope, (client) => client.query(statement, values)).catch((error: unknown) => sqlState(error));

  it('are 128 random bits, one for a tenant and account, the same ever after', async () => {
    const ids = await Promise.all(
      [1, 1, 2].flatMap((n) => [
        store().externalId(world.scopes.aoyama, `40000000000${n}`),
        store().externalId(world.scopes.bunkyo, `40000000000${n}`),
      ]),
    );
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect([ids[0], ids[1]]).toEqual([ids[2], ids[3]]);
    expect(new Set(ids).size).toBe(4);
  });

  it('are never chosen and never changed, whatever statement is sent', async () => {
    const { aoyama } = world.scopes;
    await store().externalId(aoyama, '400000000001');
    const mine = [aoyama.tenantId];
    const chosen = `insert into app.external_id (tenant_id, account_id, external_id) values ($1, '400000000009', repeat('0', 32))`;
    expect(await refused(aoyama, chosen, mine)).toBe('42501');
    expect(await refused(aoyama, `update app.external_id set external_id = repeat('0', 32)`)).toBe('42501');
    expect(await refused(aoyama, 'delete from app.external_id')).toBe('42501');
    expect(await refused(aoyama, `update app.connection set role_arn = '${ROLE}'`)).toBe('42501');
    expect(await refused(aoyama, `update app.connection set price_view = 'customerBilled'`)).toBe('42501');
  });

  it('belong to the role that a connection assumes: the right account, and an id of the same tenant', async () => {
    const externalId = await store().externalId(world.scopes.aoyama, '400000000001');
    const given = { name: 'by role', credentials: role, payerAccountId: '400000000001', trust };
    const made = await aConnection(db.database, world.scopes.aoyama, given);
    expect(made).toMatchObject({ credentials: { ...role, externalId }, trust: { state: 'proven' }, billingViewArn: null });
    const other = { ...given, name: 'other', payerAccountId: '400000000002' };
    await expect(aConnection(db.database, world.scopes.aoyama, other)).rejects.toMatchObject({ constraint: 'connection_role' });
    const without = aConnection(db.database, world.scopes.chiyoda, given);
    await expect(without).rejects.toMatchObject({ code: 'NOT_FOUND', nextStep: expect.stringContaining('--role-for') });
  });

  it.each([
    ['a user', 'arn:aws:iam::400000000001:user/reader'],
    ['a role of a made-up partition', 'arn:aws-moon:iam::400000000001:role/reader'],
    ['a role with a quote in it', `arn:aws:iam::400000000001:role/rea"der`],
  ])('are not used for %s', async (_what, roleArn) => {
    const made = aConnection(db.database, world.scopes.aoyama, {
      name: 'wrong',
      credentials: { ...role, roleArn },
      payerAccountId: '400000000001',
      trust,
    });
    await expect(made).rejects.toMatchObject({ code: '23514' });
  });

  it('lose their connection its state only through its own tenant', async () => {
    const { id } = (await store().list(world.scopes.aoyama)).find((item) => item.name === 'by role') ?? { id: '' };
    const insecure = { state: 'insecureTrust', checkedAt: '2026-11-21T00:00:00Z' } as const;
    await expect(store().setTrust(world.scopes.bunkyo, id, insecure)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await store().setTrust(world.scopes.aoyama, id, insecure);
    const [now] = (await store().list(world.scopes.aoyama)).filter((item) => item.id === id);
    expect(now?.trust).toEqual({ ...insecure, checkedAt: '2026-11-21T00:00:00Z' });
  });
});

describe('billing views', () => {
  const GROUP = 'arn:aws:billing::111122223333:billingview/billing-group-444455556666';

  it("keep a billing group's pro forma figures apart from what AWS bills", async () => {
    const view = { billingViewArn: GROUP, priceView: 'customerBilled' } as const;
    expect(await aConnection(db.database, world.scopes.chiyoda, { name: 'pro forma', ...view })).toMatchObject(view);
    const mixed = aConnection(db.database, world.scopes.chiyoda, { name: 'mixed', billingViewArn: GROUP });
    await expect(mixed).rejects.toMatchObject({ constraint: 'connection_pro_forma_view' });
  });
});

describe('assigning accounts', () => {
  const assign = (accountId: string, tenantId: string, start: string, end = FAR_END, scope = world.scopes.operator) => {
    const connectionId = scope === world.scopes.aoyama ? world.connections.aoyama.id : world.connections.shared.id;
    return assignmentStore(db.database).assign(scope, { accountId, tenantId, connectionId, period: { start, end } });
  };
  const of = async (accountId: string) =>
    (await assignmentStore(db.database).list(world.scopes.operator, world.connections.shared.id))
      .filter((item) => item.accountId === accountId)
      .map((item) => [item.tenantId, item.period.start, item.period.end]);

  it('ends the assignment before, on the day on which the new one begins', async () => {
    await assign('300000000001', world.bunkyo.id, '2025-01-01');
    await assign('300000000001', world.chiyoda.id, '2025-07-01');
    expect(await of('300000000001')).toEqual([
      [world.bunkyo.id, '2025-01-01', '2025-07-01'],
      [world.chiyoda.id, '2025-07-01', FAR_END],
    ]);
  });

  it('twice is as once, and a new answer for the same day replaces the old one', async () => {
    await assign('300000000002', world.bunkyo.id, '2025-01-01');
    await assign('300000000002', world.bunkyo.id, '2025-01-01');
    expect(await of('300000000002')).toHaveLength(1);
    await assign('300000000002', world.chiyoda.id, '2025-01-01');
    expect(await of('300000000002')).toEqual([[world.chiyoda.id, '2025-01-01', FAR_END]]);
  });

  it('refuses one that would run into a later one', async () => {
    await assign('300000000003', world.bunkyo.id, '2025-06-01');
    await expect(assign('300000000003', world.chiyoda.id, '2025-01-01')).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('refuses an account that another tenant has on some of the days, without saying who', async () => {
    await assign('300000000004', world.bunkyo.id, '2025-01-01', '2025-04-01');
    const claim = (start: string) => assign('300000000004', world.aoyama.id, start, FAR_END, world.scopes.aoyama);
    const refused = await claim('2025-03-31').catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'CONFLICT' });
    expect(String(refused)).not.toContain(world.bunkyo.id);
    await expect(claim('2025-04-01')).resolves.toEqual({ windows: 0 });
  });

  it('gives an account to one tenant only, when many ask at the same moment', async () => {
    const claims = Array.from({ length: 8 }, (_, n) =>
      n % 2 === 0
        ? assign('300000000005', world.bunkyo.id, `2025-01-0${n + 1}`)
        : assign('300000000005', world.aoyama.id, `2025-01-0${n + 1}`, FAR_END, world.scopes.aoyama),
    );
    await Promise.allSettled(claims);
    const { rows } = await withSuperuser(db.adminUrl, (client) =>
      client.query(`select max(tenants) as most from (
        select count(*) as tenants from generate_series(date '2025-01-01', date '2025-02-01', '1 day') as day
        join app.account_assignment a on a.account_id = '300000000005' and a.period @> day::date group by day) days`),
    );
    expect(rows).toEqual([{ most: '1' }]);
  });

  it('lets a customer assign to itself alone', async () => {
    const give = assign('300000000006', world.bunkyo.id, '2025-01-01', FAR_END, world.scopes.aoyama);
    await expect(give).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('refuses a connection of somebody else, an unknown tenant and an empty period', async () => {
    const strange = assignmentStore(db.database).assign(world.scopes.aoyama, {
      accountId: '300000000007',
      tenantId: world.aoyama.id,
      connectionId: world.connections.shared.id,
      period: { start: '2025-01-01', end: FAR_END },
    });
    await expect(strange).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(assign('300000000007', randomUUID(), '2025-01-01')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(assign('300000000007', world.bunkyo.id, '2025-01-01', '2025-01-01')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('is seen by the owner of the connection alone', async () => {
    const list = (scope: keyof World['scopes']) =>
      assignmentStore(db.database).list(world.scopes[scope], world.connections.shared.id);
    expect((await list('operator')).map((item) => item.accountId)).toContain(ACCOUNTS.shared.ofBunkyo);
    expect(await list('bunkyo')).toEqual([]);
  });
});

describe('ways in', () => {
  const digest = (n: number) => n.toString(16).padStart(64, '0');
  const hence = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
  const key = (keyId: string, expiresAt: string | null = null) =>
    ({ keyId, digest: digest(1), name: 'reports', scopes: ['read'], role: 'viewer', expiresAt }) as const;

  it('find a live key, and remember its use', async () => {
    const { keys, signIn } = accessStores(db.database);
    const made = await keys.create(world.scopes.aoyama, key('k1', hence(60)));
    expect(made).toMatchObject({ keyId: 'k1', lastUsedAt: null, revokedAt: null });
    const found = await signIn.findKey('k1');
    expect(found).toEqual({ digest: digest(1), tenantId: world.aoyama.id, name: 'reports', scopes: ['read'], role: 'viewer' });
    expect((await keys.list(world.scopes.aoyama))[0]?.lastUsedAt).toMatch(/Z$/);
    expect(await keys.list(world.scopes.bunkyo)).toEqual([]);
  });

  it('know no key that is unknown, expired or revoked, from the very next call', async () => {
    const { keys, signIn } = accessStores(db.database);
    await keys.create(world.scopes.aoyama, key('k2', hence(-1)));
    await keys.create(world.scopes.aoyama, key('k3'));
    expect(await signIn.findKey('k2')).toBeNull();
    expect(await signIn.findKey('nothing')).toBeNull();
    expect(await keys.revoke(world.scopes.bunkyo, 'k3')).toBe(false);
    expect(await signIn.findKey('k3')).not.toBeNull();
    expect(await keys.revoke(world.scopes.aoyama, 'k3')).toBe(true);
    expect(await signIn.findKey('k3')).toBeNull();
  });

  it('redeem a link once, and never late', async () => {
    const { sessions, signIn } = accessStores(db.database);
    await sessions.createLink(world.scopes.bunkyo, { digest: digest(2), role: 'tenantAdmin', expiresAt: hence(60) });
    await sessions.createLink(world.scopes.bunkyo, { digest: digest(3), role: 'tenantAdmin', expiresAt: hence(-1) });
    const answers = await Promise.all(Array.from({ length: 6 }, () => signIn.redeemLink(digest(2))));
    expect(answers.filter((answer) => answer !== null)).toEqual([{ tenantId: world.bunkyo.id, role: 'tenantAdmin' }]);
    expect(await signIn.redeemLink(digest(3))).toBeNull();
  });

  it('keep a session until it ends, is idle for too long, or expires', async () => {
    const { sessions, signIn } = accessStores(db.database);
    const session = (n: number, expires: number, idleSeconds = 600) =>
      sessions.createSession(world.scopes.chiyoda, {
        digest: digest(n),
        role: 'viewer',
        expiresAt: hence(expires),
        idleSeconds,
      });
    await session(4, 600);
    await session(5, -1);
    await session(6, 600);
    expect(await signIn.findSession(digest(4))).toMatchObject({ tenantId: world.chiyoda.id, role: 'viewer' });
    expect(await signIn.findSession(digest(5))).toBeNull();
    await withSuperuser(db.adminUrl, (client) =>
      client.query("update app.session set last_seen_at = now() - interval '601 seconds' where digest = $1", [digest(6)]),
    );
    expect(await signIn.findSession(digest(6))).toBeNull();
    await sessions.endSession(world.scopes.aoyama, digest(4));
    expect(await signIn.findSession(digest(4))).not.toBeNull();
    await sessions.endSession(world.scopes.chiyoda, digest(4));
    expect(await signIn.findSession(digest(4))).toBeNull();
  });
});
