import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInStore } from '../../src/adapters/postgres/access-store.ts';
import { tenantDirectoryStore } from '../../src/adapters/postgres/tenant-store.ts';
import { aCatalogueEntry } from '../support/builders.ts';
import { testDatabase } from '../support/database.ts';
import { portsOver } from './crossing-world.ts';
import { bearer, type Json, serve, type TestServer } from './test-server.ts';

const test = testDatabase();
let server: TestServer;
let admin: string;
let viewer: string;

beforeAll(async () => {
  const ports = portsOver(test.database);
  server = await serve({
    ports,
    signIn: signInStore(test.database),
    catalogue: [aCatalogueEntry()],
    limits: { perAddress: 1e6, perCaller: 1e6 },
  });
  const tenant = await tenantDirectoryStore(test.database).create({ name: 'Tenant', locale: 'ja' });
  const scope = { tenantId: tenant.id, actor: { kind: 'localOperator', id: 't', label: 't', role: 'integratorAdmin' } } as const;
  admin = await server.keyFor(scope, 'tenantAdmin', ['read', 'write']);
  viewer = await server.keyFor(scope, 'viewer', ['read', 'write']);
});
afterAll(() => server.listening.close());

const get = (path: string, key = viewer): Promise<Json> => server.json(`/api/v1${path}`, bearer(key));
const post = (path: string, body: object, key = admin, language = 'en'): Promise<Json> =>
  server.json(`/api/v1${path}`, {
    ...bearer(key, { 'content-type': 'application/json', 'accept-language': language }),
    method: 'POST',
    body: JSON.stringify(body),
  });

const RULE = `version: 1 # ours
rules:
  - id: every-volume
    resourceTypes: [EbsVolume]
    actionType: Upgrade
    when: monthlyCost > 0.0
    text: { ja: { title: すべてのボリューム, background: 背景, steps: [確認する] } }
`;

describe('the policy over REST', () => {
  it('is kept by an administrator, version by version, and read by everybody as it was written', async () => {
    expect((await get('/policy')).body).toEqual({ integrator: null, tenant: null, problems: [], versions: [] });
    const { status, body } = await post('/policy', { text: RULE, reason: 'own rules', basedOnVersion: 0 });
    expect([status, body.version.version]).toEqual([200, 1]);
    const read = (await get('/policy')).body;
    expect(read.tenant).toMatchObject({ text: RULE, reason: 'own rules', version: 1, layer: 'tenant' });
    expect(read.versions).toMatchObject([{ version: 1, reason: 'own rules' }]);
  });

  it('is refused to who may not, to who was slower, and for all tenants', async () => {
    const change = { text: 'version: 1', reason: 'x' };
    expect((await post('/policy', change, viewer)).status).toBe(403);
    expect((await post('/policy', { ...change, basedOnVersion: 0 })).status).toBe(409);
    expect((await post('/policy', { ...change, layer: 'integrator' })).status).toBe(403);
    expect((await get('/policy')).body.versions).toHaveLength(1);
  });

  it('is refused with line and reason, in the language of the reader', async () => {
    const wrong = { text: 'version: 1\ndetectors:\n  no-such-rule: {}\n', reason: 'x' };
    const english = await post('/policy', wrong);
    expect([english.status, english.body.error.message]).toEqual([400, expect.stringMatching(/3:3 .*there is no such rule/)]);
    const japanese = await post('/policy/dry-run', { text: wrong.text }, admin, 'ja');
    expect([japanese.status, japanese.body.error.message]).toEqual([400, expect.stringMatching(/3:3 .*このルールはありません/)]);
  });

  it('brings its own rules into the catalogue of this tenant', async () => {
    const { body } = await get('/catalogue');
    expect(body.items.map((item: Json) => item.id)).toEqual(['test-detector', 'own-every-volume']);
    expect((await get('/catalogue/own-every-volume')).body).toMatchObject({
      title: 'すべてのボリューム',
      category: 'governance',
    });
  });

  it('has no dry run while there is nothing to judge', async () => {
    expect((await post('/policy/dry-run', { text: 'version: 1' })).status).toBe(404);
  });
});
