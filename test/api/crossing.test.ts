import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { signInStore } from '../../src/adapters/postgres/access-store.ts';
import { aCatalogueEntry } from '../support/builders.ts';
import { testDatabase, withSuperuser } from '../support/database.ts';
import { type Answer, call as callBy, DOORS, redacted } from './crossing-doors.ts';
import {
  GUESSES,
  idOf,
  type Own,
  type ProcedurePath,
  procedures,
  SHOWS_MARKER,
  specimens,
  type Tried,
} from './crossing-matrix.ts';
import { as, bill, type Owner, portsOver, settle, spareKeyId } from './crossing-world.ts';
import { type Json, serve, type TestServer } from './test-server.ts';

/** Figures of the last change here. A drop means that something is no longer tried. */
const RECORDED = { procedures: 17, vectors: 1400 };

const test = testDatabase();
let server: TestServer;
let owners: Record<'alpha' | 'bravo' | 'charlie', Owner>;
let vectors = 0;
const leaks: string[] = [];

beforeAll(async () => {
  const ports = portsOver(test.database);
  const limits = { perAddress: 1e6, perCaller: 1e6, signInPerAddress: 1e6 };
  server = await serve({ ports, signIn: signInStore(test.database), catalogue: [aCatalogueEntry()], limits });
  const [alpha, bravo, charlie] = [
    await settle(server, test.database, ports, 'alpha', 1),
    await settle(server, test.database, ports, 'bravo', 2),
    await settle(server, test.database, ports, 'charlie', 3),
  ];
  owners = { alpha, bravo, charlie };
  await bill(test.database, ports, bravo, [alpha, charlie]);
});
afterAll(() => server.listening.close());

const call = (door: (typeof DOORS)[number], tried: Tried, input: unknown, init: RequestInit) =>
  callBy(server, door, tried, input, init);
const REFUSALS = [400, 401, 403, 404, 405, 415];

/** Counts a vector and notes any word of another tenant in the answer. */
function look(what: string, reader: Owner, answer: Answer): Answer {
  vectors += 1;
  leaks.push(...foreignWordsIn(reader, answer.text).map((word) => `${what}: ${word}`));
  return answer;
}

function foreignWordsIn(reader: Owner, text: string): string[] {
  const others = Object.values(owners).filter((owner) => owner !== reader);
  return others
    .flatMap((owner) => [owner.marker, owner.scope.tenantId, owner.accountId, owner.recommendationId, owner.exemptionId])
    .filter((word) => text.includes(word));
}

const own = async (owner: Owner): Promise<Own> => ({ owner, spareKeyId: await spareKeyId(server, owner) });
const specimen = (path: ProcedurePath, of: Own) => specimens[path](of) as Record<string, unknown>;

/** Everything a tenant owns, as one figure for each table. Times of last use are not its own doing. */
async function rowsOf(owner: Owner): Promise<Record<string, string>> {
  return withSuperuser(test.adminUrl, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
        where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'app'::regnamespace order by 1`,
    );
    const sums: Record<string, string> = {};
    for (const { name } of tables) {
      const { rows } = await client.query<{ sum: string }>(
        `select count(*) || ' ' || coalesce(md5(string_agg(row, ',' order by row)), '') as sum
           from (select (to_jsonb(t) - 'last_used_at' - 'last_seen_at')::text as row from ${name} t where tenant_id = $1) x`,
        [owner.scope.tenantId],
      );
      sums[name] = rows[0]?.sum ?? '';
    }
    return sums;
  });
}

describe('what the matrix is made of', () => {
  it('has a specimen for each procedure, and no other', () => {
    expect(Object.keys(specimens).toSorted()).toEqual(procedures.map(({ path }) => path).toSorted());
  });

  it('knows every field of an input that names a thing', () => {
    for (const { path, meta, inputs } of procedures) {
      if (meta.scope === 'self') continue;
      const schema = z.toJSONSchema(inputs[0] ?? z.void(), { io: 'input', unrepresentable: 'any' }) as Json;
      const fields = Object.entries<Json>(schema.properties ?? {})
        .filter(
          ([name, field]) =>
            field.format === 'uuid' || name === 'id' || (name.endsWith('Id') && !['detectorId', 'regionId'].includes(name)),
        )
        .map(([name]) => name);
      expect(Object.keys(meta.ids ?? {}), path).toEqual(expect.arrayContaining(fields));
      for (const kind of Object.values(meta.ids ?? {})) expect(GUESSES, path).toHaveProperty(kind);
    }
  });

  it('lists every address that is not a procedure', () => {
    expect(routesOf((server.app as Json).router)).toEqual(ROUTES);
  });
});

describe('each procedure', () => {
  it.each(procedures)('$path answers its rightful owner, with something of the owner’s in it', async (tried) => {
    for (const door of DOORS) {
      for (const owner of Object.values(owners)) {
        const answer = look(
          `control ${door}`,
          owner,
          await call(door, tried, specimen(tried.path, await own(owner)), as(owner.admin)),
        );
        expect(answer.status, `${door} ${answer.text}`).toBe(200);
        if (SHOWS_MARKER.has(tried.path)) expect(answer.text).toContain(owner.marker);
        const bySession = await call(door, tried, specimen(tried.path, await own(owner)), as(owner.cookie));
        expect(look(`session ${door}`, owner, bySession).status, bySession.text).toBe(200);
      }
    }
  });

  it.each(procedures)('$path is closed to strangers, to the revoked and to those without the right', async (tried) => {
    const { alpha } = owners;
    const denied: [string, RequestInit, number][] = [
      ['nobody', {}, 401],
      ['a revoked key', as(alpha.revoked), 401],
      ['an expired key', as(alpha.expired), 401],
      ['an ended session', as(alpha.endedCookie), 401],
      ['a cookie from another page', { headers: { cookie: alpha.cookie, 'sec-fetch-site': 'cross-site' } }, 403],
      ['a viewer', as(alpha.viewer), tried.meta.roles.includes('viewer') ? 200 : 403],
      ['a reading key', as(alpha.reading), tried.type === 'query' ? 200 : 403],
    ];
    for (const door of DOORS) {
      for (const [who, init, status] of denied) {
        const answer = look(`${who} ${door}`, alpha, await call(door, tried, specimen(tried.path, await own(alpha)), init));
        expect(answer.status, `${who} by ${door}: ${answer.text}`).toBe(status);
      }
    }
  });

  it.each(procedures)('$path takes the tenant from nowhere but the credential', async (tried) => {
    const { alpha, bravo } = owners;
    const mine = await own(alpha);
    for (const door of DOORS) {
      for (const [field, value] of Object.entries({
        tenantId: bravo.scope.tenantId,
        tenant_id: bravo.scope.tenantId,
        role_: 'x',
        ownerId: 'x',
      })) {
        const answer = await call(door, tried, { ...specimen(tried.path, mine), [field]: value }, as(alpha.admin));
        expect(look(`${field} ${door}`, alpha, answer).status, answer.text).toBe(400);
      }
      const borrowed = {
        headers: {
          authorization: `Bearer ${alpha.admin}`,
          cookie: bravo.cookie,
          'x-tenant-id': bravo.scope.tenantId,
          'x-cost-pillar': '1',
        },
      };
      const answer = await call(door, tried, specimen(tried.path, await own(alpha)), borrowed);
      expect(look(`foreign headers ${door}`, alpha, answer).status, answer.text).toBe(200);
    }
  });
});

describe('a foreign id', () => {
  const pairs = [
    ['alpha', 'bravo'],
    ['bravo', 'alpha'],
    ['alpha', 'charlie'],
    ['charlie', 'alpha'],
  ] as const;
  const withIds = procedures.flatMap((tried) =>
    Object.entries(tried.meta.ids ?? {}).flatMap(([field, kind]) =>
      pairs.map(([thief, victim]) => ({ tried, field, kind, thief, victim, path: tried.path })),
    ),
  );

  it.each(withIds)(
    '$path: $thief learns nothing of $victim by $field, and changes nothing',
    async ({ tried, field, kind, thief, victim }) => {
      const [attacker, target] = [owners[thief], owners[victim]];
      const [mine, theirs] = [await own(attacker), await own(target)];
      const before = await rowsOf(target);
      const foreign = idOf(kind, theirs);
      for (const door of DOORS) {
        const ask = async (value: unknown) => {
          const input = specimen(tried.path, mine);
          const asGiven = Array.isArray(input[field]) ? [value] : value;
          return look(
            `${field} ${door}`,
            attacker,
            redacted(await call(door, tried, { ...input, [field]: asGiven }, as(attacker.admin)), value),
          );
        };
        const unknown = await ask((GUESSES[kind] ?? (() => ''))());
        expect(await ask(foreign), door).toEqual(unknown);
        for (const variant of [
          foreign.toUpperCase(),
          ` ${foreign}`,
          `${foreign} `,
          `${foreign}\u0000`,
          `${foreign}'--`,
          NIL,
          mine.owner.scope.tenantId,
        ]) {
          const answer = await ask(variant);
          expect(answer.status === unknown.status || REFUSALS.includes(answer.status), `${door} ${variant}: ${answer.text}`).toBe(
            true,
          );
        }
        const wrongShape = await ask(door === 'trpc' ? [[foreign], { id: foreign }] : `${foreign},${foreign}`);
        expect(wrongShape.status === unknown.status || wrongShape.status === 400, wrongShape.text).toBe(true);
      }
      expect(await rowsOf(target)).toEqual(before);
    },
  );

  it.each(withIds)(
    '$path: hidden among nine lawful calls of $thief, the id of $victim ($field) opens nothing',
    async ({ tried, field, kind, thief, victim }) => {
      if (tried.type === 'mutation') return expect(await batchOfMutations(tried, field, kind, thief, victim)).toBe(true);
      const [attacker, theirs] = [owners[thief], await own(owners[victim])];
      const input = specimen(tried.path, await own(attacker));
      const asGiven = Array.isArray(input[field]) ? [idOf(kind, theirs)] : idOf(kind, theirs);
      const inputs = Object.fromEntries(
        [...Array(9).fill(input), { ...input, [field]: asGiven }].map((item, index) => [index, item]),
      );
      const address = `/trpc/${Array(10).fill(tried.path).join(',')}?batch=1&input=${encodeURIComponent(JSON.stringify(inputs))}`;
      const response = await server.fetch(address, as(attacker.admin));
      const answers = (await response.json()) as Json[];
      look('batch', attacker, {
        status: response.status,
        text: JSON.stringify(answers).replaceAll(idOf(kind, theirs), 'THE ID'),
      });
      expect(answers.slice(0, 9).every((item) => item.result !== undefined)).toBe(true);
      const last = answers[9];
      expect(last.error?.data.code === 'NOT_FOUND' || last.result?.data.items.length === 0).toBe(true);
    },
  );

  async function batchOfMutations(
    tried: Tried,
    field: string,
    kind: string,
    thief: keyof typeof owners,
    victim: keyof typeof owners,
  ) {
    const [attacker, theirs] = [owners[thief], await own(owners[victim])];
    const before = await rowsOf(owners[victim]);
    const lawful = await Promise.all(Array.from({ length: 9 }, () => own(attacker)));
    const mine = lawful.map((item) => specimen(tried.path, item));
    const stolen = idOf(kind, theirs);
    const inputs = [...mine, { ...mine[0], [field]: Array.isArray(mine[0]?.[field]) ? [stolen] : stolen }];
    const address = `/trpc/${Array(10).fill(tried.path).join(',')}?batch=1`;
    const init = as(attacker.admin);
    const response = await server.fetch(address, {
      method: 'POST',
      body: JSON.stringify(Object.fromEntries(inputs.map((item, index) => [index, item]))),
      headers: { ...(init.headers as Record<string, string>), 'content-type': 'application/json' },
    });
    const answers = (await response.json()) as Json[];
    look('batch', attacker, { status: response.status, text: JSON.stringify(answers) });
    expect(answers.slice(0, 9).every((item) => item.result !== undefined)).toBe(true);
    expect(answers[9].error.data.code).toBe('NOT_FOUND');
    expect(await rowsOf(owners[victim])).toEqual(before);
    return true;
  }
});

describe('a foreign cursor', () => {
  const paged = procedures.filter(
    ({ inputs }) => 'cursor' in ((z.toJSONSchema(inputs[0] ?? z.void(), { io: 'input' }) as Json).properties ?? {}),
  );

  it.each(paged)('of $path opens nothing, and its owner’s goes on', async (tried) => {
    const { alpha, bravo } = owners;
    const { accountId: _a, resourceIdContains: _r, ...input } = specimen(tried.path, await own(alpha));
    for (const door of DOORS) {
      const first = JSON.parse((await call(door, tried, input, as(alpha.admin))).text);
      const cursor = (first.result?.data ?? first).next;
      expect(cursor).toEqual(expect.any(String));
      const mine = look(`own cursor ${door}`, alpha, await call(door, tried, { ...input, cursor }, as(alpha.admin)));
      expect(mine.status).toBe(200);
      expect(JSON.parse(mine.text).result?.data.items.length ?? JSON.parse(mine.text).items.length).toBeGreaterThan(0);
      const stolen = look(`cursor ${door}`, bravo, await call(door, tried, { ...input, cursor }, as(bravo.admin)));
      expect(stolen.status, stolen.text).toBe(400);
    }
  });
});

describe('many at once', () => {
  it('each get their own, on one pool', async () => {
    const calls = Array.from({ length: 40 }, (_, index) => {
      const owner = Object.values(owners)[index % 3] as Owner;
      const tried = procedures.filter(({ path, type }) => SHOWS_MARKER.has(path) && type === 'query')[index % 4] as Tried;
      return (async () => {
        const answer = look(
          'in parallel',
          owner,
          await call('trpc', tried, specimen(tried.path, { owner, spareKeyId: '' }), as(owner.admin)),
        );
        expect(answer.status).toBe(200);
        expect(answer.text).toContain(owner.marker);
      })();
    });
    await Promise.all(calls);
  });
});

describe('the whole matrix', () => {
  it('would see a leak: with a store that forgets whose it is, it does', async () => {
    const { alpha, bravo } = owners;
    const ports = portsOver(test.database);
    const careless = {
      ...ports.recommendations,
      get: (_scope: unknown, id: string) => ports.recommendations.get(bravo.scope, id),
    };
    const leaky = await serve({ ports: { ...ports, recommendations: careless }, signIn: signInStore(test.database) });
    const tried = procedures.find(({ path }) => path === 'recommendations.get') as Tried;
    for (const door of DOORS) {
      const answer = await callBy(leaky, door, tried, { id: bravo.recommendationId }, as(alpha.admin));
      expect(foreignWordsIn(alpha, answer.text)).toContain(bravo.marker);
    }
    await leaky.listening.close();
  });

  it('has no leak, and is not smaller than it was', () => {
    console.log(`crossing: ${procedures.length} procedures, ${vectors} vectors, ${leaks.length} leaks`);
    expect(leaks).toEqual([]);
    expect(procedures.length).toBeGreaterThanOrEqual(RECORDED.procedures);
    expect(vectors).toBeGreaterThanOrEqual(RECORDED.vectors);
  });
});

const NIL = '00000000-0000-0000-0000-000000000000';

/** Addresses outside tRPC and REST; whoever adds one says so here. */
const ROUTES = [
  ...['/healthz', '/livez', '/readyz', '/sign-in', '/metrics', '/sign-out', '/openapi.json'],
  // Under /docs.
  ...['/', '/initializer.js', '/swagger-ui.css', '/swagger-ui-bundle.js', '/favicon-32x32.png'],
  // The portal.
  ...['/plain.css', '/{*path}'],
];

function routesOf(router: Json): string[] {
  return router.stack.flatMap((layer: Json) => {
    if (layer.route) return [layer.route.path].flat();
    return layer.handle.stack ? routesOf(layer.handle) : [];
  });
}
