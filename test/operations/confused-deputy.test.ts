import { randomBytes } from 'node:crypto';
import pLimit from 'p-limit';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { tenantDirectoryStore } from '../../src/adapters/postgres/tenant-store.ts';
import { connectRole } from '../../src/operations/connect-role.ts';
import type { Context } from '../../src/operations/context.ts';
import type { CostSource } from '../../src/operations/ports/cost-source.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { serveForTest } from '../sandbox/wire/clients.ts';
import { tinyEstate } from '../sandbox/wire/tiny-estate.ts';
import { testDatabase } from '../support/database.ts';
import { contextOf } from './sandbox-world.ts';

const TENANTS = 20;
const db = testDatabase();
const accountOf = (n: number): string => String(200_000_000_000 + n);
const roleOf = (n: number): string => `arn:aws:iam::${accountOf(n)}:role/cost-pillar/cost-pillar-reader`;

beforeAll(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDOPERATOR');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});
afterAll(() => vi.unstubAllEnvs());

/** The ways to ask for somebody else's role: with the id that we made for oneself, with none, with a guess. */
const WAYS: Readonly<Record<string, (source: CostSource) => CostSource>> = {
  'own id': (source) => source,
  'no id': (source) => ({ ...source, tryRole: (reach) => source.tryRole(reach, null) }),
  'guessed id': (source) => ({ ...source, tryRole: (reach) => source.tryRole(reach, randomBytes(16).toString('hex')) }),
};

async function tenants(kind: string): Promise<Context[]> {
  const directory = tenantDirectoryStore(db.database);
  const made: Context[] = [];
  for (let n = 0; n < TENANTS; n++) {
    const { id } = await directory.create({ name: `${kind} ${n}`, locale: 'en' });
    made.push(contextOf(db.database, id, '2026-11-20'));
  }
  return made;
}

async function audited(contexts: readonly Context[], action: string): Promise<number> {
  let rows = 0;
  for (const { scope } of contexts) {
    const counted = await db.database.withTenant(scope, (client) =>
      client.query<{ n: number }>('select count(*)::int as n from app.audit_event where action = $1', [action]),
    );
    rows += counted.rows[0]?.n ?? 0;
  }
  return rows;
}

function connectTo(context: Context, sandbox: Sandbox, n: number, asking: (source: CostSource) => CostSource) {
  const ports = { ...context.ports, costSource: asking(context.ports.costSource) };
  return connectRole({ ...context, ports }, { roleArn: roleOf(n), endpointUrl: sandbox.url, name: `to ${n}` });
}

it('gives nobody another’s role: 20 tenants x 20 foreign roles x 3 ways, no session, 1,200 lines in the audit', async () => {
  const owners = await tenants('owner');
  const strangers = await tenants('stranger');
  const sandbox = await serveForTest(tinyEstate());
  for (const [n, { ports, scope }] of owners.entries()) {
    sandbox.trust({ roleArn: roleOf(n), externalId: await ports.connections.externalId(scope, accountOf(n)) });
  }
  const limit = pLimit(16);
  const attempts = strangers.flatMap((stranger) =>
    owners.flatMap((_owner, n) =>
      Object.values(WAYS).map((asking) =>
        limit(() =>
          connectTo(stranger, sandbox, n, asking).then(
            () => 'connected',
            (error: { code?: string }) => error.code,
          ),
        ),
      ),
    ),
  );
  const outcomes = await Promise.all(attempts);
  expect(outcomes).toHaveLength(1_200);
  expect(new Set(outcomes)).toEqual(new Set(['ACCESS_DENIED_BY_AWS']));
  expect(sandbox.sessionsIssued()).toBe(0);
  expect(await audited(strangers, 'roleRefused')).toBe(1_200);
  for (const { ports, scope } of strangers) expect(await ports.connections.list(scope)).toEqual([]);

  // The refusals mean something: whoever the role belongs to gets in.
  for (const [n, owner] of owners.entries()) await connectTo(owner, sandbox, n, (source) => source);
  expect(await audited(owners, 'connected')).toBe(TENANTS);
}, 400_000);
