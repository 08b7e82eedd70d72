import { describe, expect, it } from 'vitest';
import { connectExport, placeOf } from '../../src/operations/connect-export.ts';
import { testDatabase } from '../support/database.ts';
import { BUCKET, cost, NOVEMBER, pull, withExport } from './export-world.ts';

const made = testDatabase();

describe('the address of an export', () => {
  it('is a bucket, a prefix and the name', () => {
    expect(placeOf('s3://my-bucket/a/b/report')).toEqual({ bucket: 'my-bucket', prefix: 'a/b', name: 'report' });
    expect(placeOf('s3://my-bucket/report/')).toEqual({ bucket: 'my-bucket', prefix: '', name: 'report' });
  });

  it.each([
    '',
    'my-bucket/report',
    'https://my-bucket/report',
    's3://My_Bucket/report',
    's3://my-bucket',
    's3://my-bucket/../report',
    's3://my-bucket/a//report',
    's3://b/report',
  ])('is not "%s"', (address) => {
    expect(() => placeOf(address)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});

describe('connecting an export', () => {
  it('keeps nothing of a bucket that is not there', async () => {
    const { context, connection } = await withExport(made.database, 'cur/daily');
    const elsewhere = connectExport(context, { connection, address: 's3://no-such-bucket/cur/daily' });
    await expect(elsewhere).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await context.ports.exports.of(context.scope, connection.id)).toMatchObject({ bucket: 'yamabuki-billing' });
  });

  it('keeps one that has no delivery yet', async () => {
    const { context, connection } = await withExport(made.database, 'cur/daily');
    expect((await connectExport(context, { connection, address: `${BUCKET}/exports/new` })).months).toEqual([]);
    const entries = await pull(context);
    expect(entries).toMatchObject([{ source: 'export:new', status: 'failed', error: { code: 'DATA_UNAVAILABLE' } }]);
  });

  it('reads everything anew from another export, and counts it in place of the first', async () => {
    const { context, connection } = await withExport(made.database, 'cur/daily');
    await pull(context);
    await connectExport(context, { connection, address: `${BUCKET}/exports/focus` });
    expect(await context.ports.exports.imported(context.scope, connection.id)).toEqual([]);
    await pull(context);
    expect(await cost(context, '2026-11-01', '2026-12-01')).toBe(NOVEMBER);
  });

  it('belongs to the tenant of the connection alone', async () => {
    const mine = await withExport(made.database, 'cur/daily');
    const theirs = await withExport(made.database, 'cur/daily');
    const place = { bucket: 'yamabuki-billing', prefix: 'cur', name: 'daily', kind: 'auto' } as const;
    await expect(mine.context.ports.exports.save(mine.context.scope, theirs.connection.id, place)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await mine.context.ports.exports.of(mine.context.scope, theirs.connection.id)).toBeNull();
  });
});
