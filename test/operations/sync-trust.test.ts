import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { tenantDirectoryStore } from '../../src/adapters/postgres/tenant-store.ts';
import { connectRole } from '../../src/operations/connect-role.ts';
import type { Context } from '../../src/operations/context.ts';
import { sync } from '../../src/operations/sync.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { serveForTest } from '../sandbox/wire/clients.ts';
import { SHOP, tinyEstate } from '../sandbox/wire/tiny-estate.ts';
import { testDatabase } from '../support/database.ts';
import { contextOf } from './sandbox-world.ts';

const ROLE = `arn:aws:iam::${SHOP}:role/cost-pillar/cost-pillar-reader`;
const AS_OF = '2026-11-20';
const db = testDatabase();

beforeAll(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDOPERATOR');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});
afterAll(() => vi.unstubAllEnvs());

/** A tenant whose role was proven sound on the as-of day. */
async function overRole(name: string): Promise<{ context: Context; sandbox: Sandbox; externalId: string }> {
  const sandbox = await serveForTest(tinyEstate({ asOf: AS_OF, lines: [{ from: '2026-11-01' }] }));
  const { id } = await tenantDirectoryStore(db.database).create({ name, locale: 'en' });
  const context = contextOf(db.database, id, AS_OF);
  const externalId = await context.ports.connections.externalId(context.scope, SHOP);
  sandbox.trust({ roleArn: ROLE, externalId });
  await connectRole(context, { roleArn: ROLE, endpointUrl: sandbox.url });
  return { context, sandbox, externalId };
}

const daysLater = (context: Context, days: number): Context => ({
  ...context,
  now: () => new Date(Date.parse(`${AS_OF}T05:00:00Z`) + days * 86_400_000),
});

const pull = (context: Context) => sync(context, { asOf: AS_OF, sources: ['costExplorer'], questions: () => [] });

const asked = (sandbox: Sandbox) =>
  sandbox
    .requests()
    .flatMap(({ service, operation, pages, refused }) => Array(pages + refused).fill(`${service} ${operation}`))
    .sort();

const trustIn = async ({ ports, scope }: Context) => (await ports.connections.list(scope))[0]?.trust;

describe('a sync over a role', () => {
  it('believes a proof for a week, then tries the role again, and goes on when it is sound', async () => {
    const { context, sandbox } = await overRole('sound');
    const proven = asked(sandbox).filter((request) => request === 'sts AssumeRole').length;
    expect((await pull(daysLater(context, 6))).entries.some(({ rows }) => rows > 0)).toBe(true);
    const withinWeek = asked(sandbox).filter((request) => request === 'sts AssumeRole').length;
    expect(withinWeek - proven).toBeLessThanOrEqual(1);
    const { entries } = await pull(daysLater(context, 8));
    expect(entries.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(asked(sandbox).filter((request) => request === 'sts AssumeRole').length - withinWeek).toBeGreaterThanOrEqual(3);
    expect(await trustIn(context)).toEqual({ state: 'proven', checkedAt: '2026-11-28T05:00:00Z' });
  });

  it('that has lost its condition asks nothing, and names the line that is missing', async () => {
    const { context, sandbox } = await overRole('opened');
    sandbox.trust({ roleArn: ROLE, externalId: null });
    const before = asked(sandbox);
    const { entries } = await pull(daysLater(context, 8));
    expect(entries).toMatchObject([
      {
        source: 'trustPolicy',
        status: 'failed',
        error: {
          code: 'CREDENTIALS_REJECTED',
          message: expect.stringMatching(/without an external id and with any other/),
          nextStep: expect.stringMatching(/StringEquals/),
        },
      },
    ]);
    const tries = Array(asked(sandbox).length - before.length).fill('sts AssumeRole');
    expect(asked(sandbox)).toEqual([...before, ...tries].sort());
    expect(await trustIn(context)).toMatchObject({ state: 'insecureTrust' });
  });

  it('is enabled again by the first sync after the policy was mended', async () => {
    const { context, sandbox, externalId } = await overRole('mended');
    sandbox.trust({ roleArn: ROLE, externalId: null });
    await pull(daysLater(context, 8));
    sandbox.trust({ roleArn: ROLE, externalId });
    const { entries } = await pull(daysLater(context, 8));
    expect(entries.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(entries.some(({ rows }) => rows > 0)).toBe(true);
    expect(await trustIn(context)).toMatchObject({ state: 'proven' });
  });

  it('that is gone is one failure, and the proof stays what it was', async () => {
    const { context, sandbox } = await overRole('gone');
    sandbox.trust({ roleArn: ROLE, externalId: 'f'.repeat(32) });
    const { entries } = await pull(daysLater(context, 8));
    expect(entries).toMatchObject([{ source: 'trustPolicy', status: 'failed', error: { code: 'ACCESS_DENIED_BY_AWS' } }]);
    expect(await trustIn(context)).toEqual({ state: 'proven', checkedAt: '2026-11-20T05:00:00Z' });
  });

  it('does not keep another connection of the tenant from being pulled, nor from asking the prices', async () => {
    const { context, sandbox } = await overRole('two');
    const { ports, scope } = context;
    await ports.connections.create(scope, {
      name: 'other',
      payerAccountId: SHOP,
      credentials: { kind: 'sandbox' },
      regionId: 'us-east-1',
      endpointUrl: sandbox.url,
      priceView: 'awsBilled',
    });
    sandbox.trust({ roleArn: ROLE, externalId: null });
    const { entries } = await sync(daysLater(context, 8), {
      asOf: AS_OF,
      sources: ['costExplorer', 'pricing'],
      questions: () => [],
    });
    const of = (connection: string) =>
      new Set(entries.filter((entry) => entry.connection === connection).map(({ source }) => source));
    expect(of(`aws-${SHOP}`)).toEqual(new Set(['trustPolicy']));
    expect(of('other')).toContain('pricing');
    expect(entries.filter(({ connection, rows }) => connection === 'other' && rows > 0)).not.toEqual([]);
  });
});
