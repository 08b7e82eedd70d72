import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withDatabase, withLogin } from '../../../src/adapters/postgres/connection-url.ts';
import { openDatabase } from '../../../src/adapters/postgres/database.ts';
import { readMigrationFiles } from '../../../src/adapters/postgres/migration-files.ts';
import { prepareDatabase } from '../../../src/adapters/postgres/prepare-database.ts';
import { tenantDirectoryStore } from '../../../src/adapters/postgres/tenant-store.ts';
import { emptyDatabase, TEST_SECRET, testServerUrl, withSuperuser } from '../../support/database.ts';

const undo: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const step of undo.reverse()) await step();
});

async function empty(): Promise<string> {
  const { adminUrl, drop } = await emptyDatabase();
  undo.push(drop);
  return adminUrl;
}

/**
 * A login made for one test. Roles belong to the cluster, so none of them may break a rule that the lint of another test file, which runs
 * at the same moment, asks of all members of the group. Answers its URL on that database.
 */
async function aLogin(databaseUrl: string, attributes = '', grants: (role: string) => string = () => ''): Promise<string> {
  const role = `l_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(8).toString('hex');
  const serverUrl = await testServerUrl();
  await withSuperuser(databaseUrl, async (client) => {
    await client.query(`create role ${role} login password '${password}' ${attributes}`);
    await client.query(grants(role));
  });
  // After the databases, in which it may own something.
  undo.unshift(() => withSuperuser(serverUrl, (client) => client.query(`drop owned by ${role} cascade; drop role ${role}`)));
  return withLogin(databaseUrl, role, password);
}

const nameOf = async (url: string): Promise<string> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query('select current_user as name');
  await client.end();
  return rows[0].name;
};
const migrationsOn = (url: string) =>
  withSuperuser(url, async (client) => (await client.query('select name from app.schema_migration order by name')).rows);
const secret = () => randomBytes(16).toString('hex');
let files: { readonly name: string }[];
beforeAll(async () => {
  files = (await readMigrationFiles()).map(({ name }) => ({ name }));
});

describe('preparing a database', () => {
  it('brings an empty one to the newest schema, and leaves a prepared one alone', async () => {
    const adminUrl = await empty();
    const first = await prepareDatabase({ databaseUrl: null, adminUrl, secret: TEST_SECRET });
    expect(await migrationsOn(adminUrl)).toEqual(files);
    const second = await prepareDatabase({ databaseUrl: null, adminUrl, secret: TEST_SECRET });
    expect(second).toEqual(first);
    const database = openDatabase({ url: first.runtimeUrl, signingKey: first.signingKey });
    expect((await tenantDirectoryStore(database).list()).map((tenant) => tenant.kind)).toEqual(['operator']);
    await database.close();
  });

  it('can be asked by twenty at once', async () => {
    const adminUrl = await empty();
    const input = { databaseUrl: null, adminUrl, secret: TEST_SECRET };
    const results = await Promise.all(Array.from({ length: 20 }, () => prepareDatabase(input)));
    expect(new Set(results.map(({ runtimeUrl }) => runtimeUrl)).size).toBe(1);
    expect(await migrationsOn(adminUrl)).toEqual(files);
  });

  it('can happen to several databases of a cluster at once, with a new secret each', async () => {
    const urls = await Promise.all([empty(), empty(), empty(), empty()]);
    const prepared = await Promise.all(
      urls.map((adminUrl) => prepareDatabase({ databaseUrl: null, adminUrl, secret: secret() })),
    );
    const roles = await Promise.all(prepared.map(({ runtimeUrl }) => nameOf(runtimeUrl)));
    undo.unshift(async () =>
      withSuperuser(await testServerUrl(), (client) => client.query(roles.map((role) => `drop role ${role}`).join(';'))),
    );
    expect(new Set(roles).size).toBe(4);
  });

  it('makes the database itself when it is not there', async () => {
    const serverUrl = await testServerUrl();
    const name = `made_${randomBytes(4).toString('hex')}`;
    undo.push(() => withSuperuser(serverUrl, (client) => client.query(`drop database if exists ${name} with (force)`)));
    const adminUrl = withDatabase(serverUrl, name);
    await Promise.all([1, 2, 3].map(() => prepareDatabase({ databaseUrl: null, adminUrl, secret: TEST_SECRET })));
    expect(await migrationsOn(adminUrl)).toEqual(files);
  });

  it('refuses a schema that a newer version has made, and changes nothing', async () => {
    const adminUrl = await empty();
    await prepareDatabase({ databaseUrl: null, adminUrl, secret: TEST_SECRET });
    await withSuperuser(adminUrl, (client) =>
      client.query("insert into app.schema_migration (name, checksum) values ('9999_from_tomorrow.sql', 'x')"),
    );
    const refused = prepareDatabase({ databaseUrl: null, adminUrl, secret: TEST_SECRET });
    await expect(refused).rejects.toMatchObject({
      code: 'SCHEMA_TOO_NEW',
      message: expect.stringContaining('9999_from_tomorrow'),
    });
  });

  it('refuses when a migration that has run was changed or removed since', async () => {
    const adminUrl = await empty();
    await prepareDatabase({ databaseUrl: null, adminUrl, secret: TEST_SECRET });
    const again = () => prepareDatabase({ databaseUrl: null, adminUrl, secret: TEST_SECRET });
    await withSuperuser(adminUrl, (client) =>
      client.query("update app.schema_migration set checksum = 'another' where name = $1", [files[1]?.name]),
    );
    await expect(again()).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('changed') });
    await withSuperuser(adminUrl, (client) =>
      client.query("update app.schema_migration set name = '0002_gone.sql' where name = $1", [files[1]?.name]),
    );
    await expect(again()).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('removed') });
  });
});

describe('the login at run time', () => {
  it('is the given one when it is a plain one: it gets the rights of the group', async () => {
    const adminUrl = await empty();
    const databaseUrl = await aLogin(adminUrl);
    const prepared = await prepareDatabase({ databaseUrl, adminUrl, secret: TEST_SECRET });
    expect(prepared.runtimeUrl).toBe(databaseUrl);
    const alone = await prepareDatabase({ databaseUrl, adminUrl: null, secret: TEST_SECRET });
    expect(alone).toEqual(prepared);
  });

  it('is one of our own when the given one is a superuser’s', async () => {
    const databaseUrl = await empty();
    const { runtimeUrl } = await prepareDatabase({ databaseUrl, adminUrl: null, secret: TEST_SECRET });
    expect(await nameOf(runtimeUrl)).toMatch(/^cost_pillar_run_[0-9a-f]{12}$/);
    const both = await prepareDatabase({ databaseUrl, adminUrl: databaseUrl, secret: TEST_SECRET });
    expect(both.runtimeUrl).toBe(runtimeUrl);
  });

  it('is one of our own when the given one may make roles, without being a superuser', async () => {
    const adminUrl = await empty();
    const database = new URL(adminUrl).pathname.slice(1);
    await prepareDatabase({ databaseUrl: null, adminUrl: await empty(), secret: TEST_SECRET });
    const databaseUrl = await aLogin(
      adminUrl,
      'createrole',
      (role) =>
        `grant create on database ${database} to ${role}; grant cost_pillar_owner, cost_pillar_app to ${role} with admin option`,
    );
    const { runtimeUrl } = await prepareDatabase({ databaseUrl, adminUrl: null, secret: secret() });
    const name = await nameOf(runtimeUrl);
    undo.push(async () => withSuperuser(await testServerUrl(), (client) => client.query(`drop role ${name}`)));
    expect(name).toMatch(/^cost_pillar_run_/);
    expect(await migrationsOn(adminUrl)).toEqual(files);
  });

  it('works with its own password only, and gets it back when somebody changed it', async () => {
    const adminUrl = await empty();
    const ownSecret = secret();
    const { runtimeUrl } = await prepareDatabase({ databaseUrl: null, adminUrl, secret: ownSecret });
    const name = await nameOf(runtimeUrl);
    undo.unshift(async () => withSuperuser(await testServerUrl(), (client) => client.query(`drop role ${name}`)));
    await withSuperuser(adminUrl, (client) => client.query(`alter role ${name} password 'changed'`));
    await prepareDatabase({ databaseUrl: null, adminUrl, secret: ownSecret });
    expect(await nameOf(runtimeUrl)).toBe(name);
    const { rows } = await withSuperuser(adminUrl, (client) =>
      client.query(
        'select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as powerful from pg_roles where rolname = $1',
        [name],
      ),
    );
    expect(rows).toEqual([{ powerful: false }]);
  });
});

describe('a login that may not prepare', () => {
  it('is told which right is missing and the SQL that gives it', async () => {
    const databaseUrl = await aLogin(await empty());
    const refused = prepareDatabase({ databaseUrl, adminUrl: null, secret: TEST_SECRET });
    await expect(refused).rejects.toMatchObject({
      code: 'DATABASE_NOT_ALLOWED',
      message: expect.stringContaining('CREATEROLE'),
      nextStep: expect.stringContaining('ALTER ROLE'),
    });
  });

  it('is told so too when it may make roles but nothing in this database', async () => {
    const databaseUrl = await aLogin(await empty(), 'createrole');
    const refused = prepareDatabase({ databaseUrl, adminUrl: null, secret: secret() });
    await expect(refused).rejects.toMatchObject({
      code: 'DATABASE_NOT_ALLOWED',
      nextStep: expect.stringContaining('GRANT CREATE ON DATABASE'),
    });
  });

  it('is not used when it owns a table', async () => {
    const adminUrl = await empty();
    await prepareDatabase({ databaseUrl: null, adminUrl, secret: TEST_SECRET });
    const databaseUrl = await aLogin(
      adminUrl,
      '',
      (role) => `grant cost_pillar_app to ${role}; create table app.own (); alter table app.own owner to ${role}`,
    );
    const refused = prepareDatabase({ databaseUrl, adminUrl: null, secret: TEST_SECRET });
    await expect(refused).rejects.toMatchObject({ code: 'DATABASE_NOT_ALLOWED', message: expect.stringContaining('passes by') });
  });

  it('is told when the schema is behind', async () => {
    const adminUrl = await empty();
    const databaseUrl = await aLogin(adminUrl);
    await prepareDatabase({ databaseUrl, adminUrl, secret: TEST_SECRET });
    await withSuperuser(adminUrl, (client) =>
      client.query('delete from app.schema_migration where name = $1', [files.at(-1)?.name]),
    );
    const refused = prepareDatabase({ databaseUrl, adminUrl: null, secret: TEST_SECRET });
    await expect(refused).rejects.toMatchObject({
      code: 'DATABASE_NOT_ALLOWED',
      message: expect.stringContaining('lacks 1 migration of'),
    });
  });

  it('that nobody knows, or on no server, is said plainly', async () => {
    const databaseUrl = withLogin(await empty(), 'nobody_of_this_name', 'x');
    const unknown = prepareDatabase({ databaseUrl, adminUrl: null, secret: TEST_SECRET });
    await expect(unknown).rejects.toMatchObject({ code: 'DATABASE_NOT_ALLOWED' });
    const nowhere = prepareDatabase({ databaseUrl: 'postgres://u:p@127.0.0.1:1/d', adminUrl: null, secret: TEST_SECRET });
    await expect(nowhere).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  });
});

describe('the signing key', () => {
  it('of another secret is refused to a plain login', async () => {
    const adminUrl = await empty();
    const databaseUrl = await aLogin(adminUrl);
    await prepareDatabase({ databaseUrl, adminUrl, secret: TEST_SECRET });
    const refused = prepareDatabase({ databaseUrl, adminUrl: null, secret: 'another secret' });
    await expect(refused).rejects.toMatchObject({
      code: 'DATABASE_NOT_ALLOWED',
      nextStep: expect.stringContaining('COST_PILLAR_SECRET'),
    });
  });

  it('before the present one is believed for a while, then no longer', async () => {
    const adminUrl = await empty();
    const databaseUrl = await aLogin(adminUrl);
    const old = await prepareDatabase({ databaseUrl, adminUrl, secret: 'old secret' });
    const fresh = await prepareDatabase({ databaseUrl, adminUrl, secret: 'new secret' });
    const asks = async ({ signingKey }: { signingKey: Buffer }) => {
      const database = openDatabase({ url: databaseUrl, signingKey });
      try {
        const { id } = await tenantDirectoryStore(database).operator();
        const { rows } = await database.withTenant({ tenantId: id }, (client) => client.query('select app.tenant() as id'));
        return rows[0].id === id;
      } finally {
        await database.close();
      }
    };
    expect([await asks(old), await asks(fresh)]).toEqual([true, true]);
    await withSuperuser(adminUrl, (client) =>
      client.query(
        "update app_priv.signing_key set accepted_until = now() - interval '1 second' where accepted_until is not null",
      ),
    );
    await expect(asks(old)).rejects.toMatchObject({ code: '28000' });
    expect(await asks(fresh)).toBe(true);
  });
});
