import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/adapters/postgres/database.ts';
import { asJsonb } from '../../../src/adapters/postgres/safe-values.ts';
import { freshDatabase, testDatabase, withSuperuser } from '../../support/database.ts';
import { makeWorld, type World } from '../../support/world.ts';

const db = testDatabase();
let world: World;
beforeAll(async () => {
  world = await makeWorld(db.database);
});

const terminate = (pid: number) =>
  withSuperuser(db.adminUrl, (client) => client.query('select pg_terminate_backend($1, 5000)', [pid]));

describe('a transaction', () => {
  it('leaves nothing behind when it fails', async () => {
    const fails = db.database.withTenant(world.scopes.aoyama, async (client) => {
      await client.query('update app.connection set endpoint_url = $1', ['http://127.0.0.1:1']);
      throw new Error('planted');
    });
    await expect(fails).rejects.toThrow('planted');
    const { rows } = await db.database.withTenant(world.scopes.aoyama, (client) =>
      client.query('select endpoint_url from app.connection'),
    );
    expect(rows).toEqual([{ endpoint_url: null }]);
  });

  it('does not pass for written when an error in it was swallowed', async () => {
    const swallowed = db.database.withTenant(world.scopes.aoyama, async (client) => {
      await client.query("update app.connection set endpoint_url = 'http://127.0.0.1:1'");
      await client.query('select 1 / 0').catch(() => {});
    });
    await expect(swallowed).rejects.toThrow('nothing was written');
  });

  it.each(['40001', '40P01'])('is tried again after %s, three times at most', async (state) => {
    let tries = 0;
    const failing = (times: number) => () =>
      db.database.withTenant(world.scopes.aoyama, async (client) => {
        tries += 1;
        if (tries <= times) await client.query(`do $$ begin raise exception 'planted' using errcode = '${state}'; end $$`);
        return tries;
      });
    expect(await failing(3)()).toBe(4);
    tries = 0;
    await expect(failing(4)()).rejects.toMatchObject({ code: state });
    expect(tries).toBe(4);
  });

  it('is not tried again when it reads a stream', async () => {
    let tries = 0;
    const once = db.database.withTenant(
      world.scopes.aoyama,
      (client) => {
        tries += 1;
        return client.query(`do $$ begin raise exception 'planted' using errcode = '40001'; end $$`);
      },
      { retry: false },
    );
    await expect(once).rejects.toMatchObject({ code: '40001' });
    expect(tries).toBe(1);
  });
});

describe('values', () => {
  it('that are exact come as text', async () => {
    const { rows } = await db.database.withoutTenant((client) =>
      client.query(`select 0.1000000000000000001 as amount, 9007199254740993::int8 as big, date '2026-03-29' as day,
        timestamptz '2026-03-29 02:30:00.123456+09' as instant, 7 as small`),
    );
    expect(rows).toEqual([
      {
        amount: '0.1000000000000000001',
        big: '9007199254740993',
        day: '2026-03-29',
        instant: '2026-03-28T17:30:00.123456Z',
        small: 7,
      },
    ]);
  });

  it('of strangers can be stored, whatever their keys are called', async () => {
    const hostile = JSON.parse('{"__proto__": "a\\u0000", "constructor\\u0000": ["\\ud800"], "n": null}');
    const { rows } = await db.database.withoutTenant((client) =>
      client.query('select $1::jsonb::text as stored', [asJsonb(hostile)]),
    );
    expect(JSON.parse(rows[0].stored)).toEqual(
      JSON.parse('{"__proto__": "a\ufffd", "constructor\ufffd": ["\ufffd"], "n": null}'),
    );
  });

  it('that spoil a sum are refused', async () => {
    for (const amount of ['NaN', 'Infinity', '-Infinity']) {
      const stored = db.database.withoutTenant((client) => client.query('select $1::app.amount', [amount]));
      await expect(stored).rejects.toMatchObject({ code: '23514' });
    }
  });
});

describe('a connection that breaks', () => {
  it('in the middle of a transaction is a failure that says so, and the next call gets a new one', async () => {
    for (const retry of [true, false]) {
      const cut = db.database.withTenant(
        world.scopes.aoyama,
        async (client) => {
          const { rows } = await client.query('select pg_backend_pid() as pid');
          await terminate(rows[0].pid);
          await client.query('select 1');
        },
        { retry },
      );
      await expect(cut).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    }
    const { rows } = await db.database.withTenant(world.scopes.aoyama, (client) => client.query('select name from app.tenant'));
    expect(rows).toEqual([{ name: 'Aoyama Retail' }]);
  });

  it('while its borrower is busy elsewhere does not end the process', async () => {
    const cut = db.database.withTenant(world.scopes.aoyama, async (client) => {
      const { rows } = await client.query('select pg_backend_pid() as pid');
      await terminate(rows[0].pid);
      await new Promise((resolve) => setTimeout(resolve, 100));
      return 'survived';
    });
    await expect(cut).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  });

  it('while nobody uses it is replaced', async () => {
    const pid = async () =>
      (await db.database.withoutTenant((client) => client.query('select pg_backend_pid() as pid'))).rows[0].pid as number;
    for (let round = 0; round < 20; round += 1) {
      await terminate(await pid());
      await pid().catch((error: unknown) => expect(error).toMatchObject({ code: 'DATABASE_UNAVAILABLE' }));
    }
    expect(await pid()).toBeGreaterThan(0);
  });

  it('of a session lock is noticed by its holder', async () => {
    const client = await db.database.dedicated();
    const ended = new Promise<void>((resolve) => client.on('end', () => resolve()));
    const { rows } = await client.query('select pg_backend_pid() as pid');
    await terminate(rows[0].pid);
    await expect(ended).resolves.toBeUndefined();
  });
});

describe('a server that is not there', () => {
  it('is DATABASE_UNAVAILABLE with a next step', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    const database = openDatabase({ url: `postgres://u:p@127.0.0.1:${port}/d`, signingKey: randomBytes(32) });
    const asked = database.withoutTenant((client) => client.query('select 1'));
    await expect(asked).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      nextStep: expect.stringContaining('DATABASE_URL'),
    });
    await expect(database.dedicated()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await database.close();
  });
});

describe('named I/O', () => {
  it('passes every statement of a transaction, in order', async () => {
    const names: string[] = [];
    const own = await freshDatabase({
      io: (name, fn) => {
        names.push(name);
        return fn();
      },
    });
    await own.database.withTenant({ tenantId: world.aoyama.id }, (client) => client.query('select  app.tenant()  as id'));
    await own.close();
    expect(names).toEqual([
      'postgres connect',
      'postgres begin',
      "postgres select set_config('app.ctx', $1, true)",
      'postgres select app.tenant() as id',
      'postgres commit',
    ]);
  });
});
