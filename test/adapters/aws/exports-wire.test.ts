import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { awsExportSource } from '../../../src/adapters/aws/index.ts';
import { openAws } from '../../../src/adapters/aws/open-aws.ts';
import type { Connection } from '../../../src/operations/ports/connections.ts';
import type { ExportPlace } from '../../../src/operations/ports/export-source.ts';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import { serveForTest } from '../../sandbox/wire/clients.ts';
import { PAYER, tinyEstate } from '../../sandbox/wire/tiny-estate.ts';

const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'exports-'));
const home = path.join(dataDir, 'exports-tmp');
afterAll(() => fs.rmSync(dataDir, { recursive: true, force: true }));

const BUCKET = 'yamabuki-billing';
const CUR: ExportPlace = { bucket: BUCKET, prefix: 'cur', name: 'daily', kind: 'auto' };
const options = { pageBought: async () => {} };
const NOW = new Date('2026-11-20T12:00:00Z');

async function world(given: { readonly now?: Date; readonly maxAttempts?: number } = {}) {
  const sandbox = await serveForTest(tinyEstate({ lines: [{}], asOf: '2026-11-20' }), { exportsSince: '2026-10' });
  const source = awsExportSource(openAws({ maxAttempts: given.maxAttempts ?? 1, now: () => given.now ?? NOW }), dataDir);
  return { sandbox, source, connection: connectionTo(sandbox) };
}

function connectionTo({ url }: Sandbox): Connection {
  return {
    id: 'connection-1',
    ownerTenantId: 'tenant-1',
    name: 'main',
    payerAccountId: PAYER,
    credentials: { kind: 'sandbox' },
    regionId: 'ap-northeast-1',
    endpointUrl: url,
    priceView: 'awsBilled',
    billingViewArn: null,
    trust: null,
    createdAt: '2026-11-01T00:00:00.000Z',
  };
}

type World = Awaited<ReturnType<typeof world>>;

async function october({ source, connection }: World, place = CUR) {
  const period = (await source.periods(connection, place, options)).find(({ month }) => month === '2026-10');
  if (!period) throw new Error('October is not there');
  return period;
}

/** The manifest of October after it was changed. */
async function withManifest(given: World, change: (manifest: Record<string, unknown>) => unknown, place = CUR) {
  const period = await october(given, place);
  const manifest = JSON.parse((await given.sandbox.exports.object(period.manifestKey))?.body.toString() ?? '');
  const changed = change(manifest);
  given.sandbox.exports.put(period.manifestKey, typeof changed === 'string' ? changed : JSON.stringify(changed));
  return given.source.manifest(given.connection, place, period, options);
}

describe('the periods of an export', () => {
  it.each([
    ['a legacy report', CUR],
    ['a data export', { ...CUR, prefix: 'exports', name: 'cur2' }],
    ['a FOCUS export, whose folders are in lower case', { ...CUR, prefix: 'exports', name: 'focus' }],
  ])('are found of %s', async (_what, place) => {
    const { source, connection } = await world();
    expect((await source.periods(connection, place, options)).map(({ month }) => month)).toEqual(['2026-10', '2026-11']);
  });

  it('are found among more than a thousand other folders', async () => {
    const { sandbox, source, connection } = await world();
    for (let n = 0; n < 1_100; n++) sandbox.exports.put(`cur/daily/10${String(n).padStart(6, '0')}-other/x`, 'x');
    expect(await source.periods(connection, CUR, options)).toHaveLength(2);
    expect(sandbox.requests().find(({ operation }) => operation === 'ListObjectsV2')?.pages).toBe(2);
  });

  it('are only whole months: other folders are nobody’s', async () => {
    const { sandbox, source, connection } = await world();
    for (const folder of ['20261005-20261105', '20261001-20261201', '20261301-20270101', '99999999-99999999', 'notes'])
      sandbox.exports.put(`cur/daily/${folder}/daily-Manifest.json`, '{}');
    expect(await source.periods(connection, CUR, options)).toHaveLength(2);
  });

  it('say in words when there is no bucket, no permission, or no delivery yet', async () => {
    const { sandbox, source, connection } = await world();
    const at = (place: Partial<ExportPlace>) => source.periods(connection, { ...CUR, ...place }, options);
    await expect(at({ bucket: 'nobodys-bucket' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'There is no bucket "nobodys-bucket"',
    });
    await expect(at({ name: 'hourly' })).rejects.toMatchObject({ code: 'DATA_UNAVAILABLE' });
    sandbox.faults.add({ kind: 'accessDenied', service: 's3' });
    await expect(at({})).rejects.toMatchObject({
      code: 'ACCESS_DENIED_BY_AWS',
      message: `Amazon S3 refused account ${PAYER}: allow s3:ListBucket`,
    });
    sandbox.faults.clear();
    sandbox.faults.add({ kind: 'throttling', service: 's3' });
    await expect(at({})).rejects.toMatchObject({ code: 'SOURCE_THROTTLED' });
  });
});

describe('a manifest', () => {
  it('names the current assembly and its files, each once', async () => {
    const given = await world();
    const manifest = await withManifest(given, ({ reportKeys, ...rest }) => ({
      ...rest,
      reportKeys: [...(reportKeys as string[]), ...(reportKeys as string[])],
    }));
    expect(manifest.keys).toHaveLength(2);
    expect(manifest.keys[0]).toContain(`/20261001-20261101/${manifest.assemblyId}/`);
  });

  it.each<readonly [string, (manifest: Record<string, unknown>) => unknown, RegExp]>([
    ['is cut off', (manifest) => JSON.stringify(manifest).slice(0, 300), /it is cut off/],
    ['is no object', () => '[]', /./],
    ['names another bucket', (manifest) => ({ ...manifest, bucket: 'payroll' }), /names another bucket, "payroll"/],
    [
      'is of another month',
      (manifest) => ({ ...manifest, billingPeriod: { start: '20260901T000000.000Z', end: '' } }),
      /another billing period/,
    ],
    [
      'leads out of the report',
      (manifest) => ({ ...manifest, reportKeys: ['cur/daily/../../payroll.csv'] }),
      /outside the report/,
    ],
    [
      'names another report',
      (manifest) => ({ ...manifest, reportKeys: ['cur/daily-overwritten/x.csv.gz'] }),
      /outside the report/,
    ],
    [
      'names a key with control characters',
      (manifest) => ({ ...manifest, reportKeys: ['cur/daily/a\u0000b'] }),
      /outside the report/,
    ],
    ['names no file', (manifest) => ({ ...manifest, reportKeys: [] }), /reportKeys/],
    ['is huge', (manifest) => ({ ...manifest, columns: 'x'.repeat(9 * 1024 ** 2) }), /larger than 8 MiB/],
  ])('is refused when it %s', async (_what, change, says) => {
    const given = await world();
    const refused = withManifest(given, change);
    await expect(refused).rejects.toMatchObject({ code: 'SOURCE_ANSWER_UNREADABLE' });
    await expect(refused).rejects.toThrow(says);
  });

  it('of a data export is refused when it names another bucket', async () => {
    const given = await world();
    const place = { ...CUR, prefix: 'exports', name: 'focus' };
    const change = (manifest: Record<string, unknown>) => ({
      ...manifest,
      dataFiles: ['s3://payroll/exports/focus/data/x.csv.gz'],
    });
    await expect(withManifest(given, change, place)).rejects.toThrow(/elsewhere, "s3:\/\/payroll/);
  });

  it('says what to change when the report is packed as ZIP', async () => {
    const given = await world();
    await expect(withManifest(given, (manifest) => ({ ...manifest, compression: 'ZIP' }))).rejects.toMatchObject({
      code: 'DATA_UNAVAILABLE',
      nextStep: expect.stringContaining('GZIP or Parquet'),
    });
  });
});

describe('the files of an assembly', () => {
  async function listed(given: World) {
    const period = await october(given);
    const manifest = await given.source.manifest(given.connection, CUR, period, options);
    return { manifest, files: await given.source.files(given.connection, CUR, manifest, options) };
  }

  it('are fetched, checked, and gone when they are no longer needed', async () => {
    const given = await world();
    const { files } = await listed(given);
    const fetched = await given.source.fetch(given.connection, CUR, files, options);
    const texts = fetched.paths.map((file) => gunzipSync(fs.readFileSync(file)).toString());
    expect(texts.join('').match(/2026-10-31T00:00:00Z\//g)).toHaveLength(1);
    expect(fs.statSync(fetched.paths[0] ?? '').mode & 0o077).toBe(0);
    await fetched.discard();
    expect(fs.readdirSync(home)).toEqual([]);
  });

  it('are fetched again when the connection broke in the middle', async () => {
    const given = await world();
    const { files } = await listed(given);
    for (const ending of ['reset', 'clean'] as const)
      given.sandbox.faults.add({ kind: 'truncatedBody', service: 's3', operation: 'GetObject', ending, times: 1 });
    const fetched = await given.source.fetch(given.connection, CUR, files, options);
    expect(fetched.paths).toHaveLength(2);
    await fetched.discard();
  });

  it('leave nothing behind when they never arrive whole', async () => {
    const given = await world();
    const { files } = await listed(given);
    given.sandbox.faults.add({ kind: 'truncatedBody', service: 's3', operation: 'GetObject', ending: 'clean' });
    await expect(given.source.fetch(given.connection, CUR, files, options)).rejects.toMatchObject({
      code: 'SOURCE_ANSWER_UNREADABLE',
      message: expect.stringContaining('arrived damaged'),
    });
    expect(fs.readdirSync(home)).toEqual([]);
  });

  it('are refused when one was written anew or vanished since it was listed', async () => {
    const given = await world();
    const { files } = await listed(given);
    const key = files[1]?.key ?? '';
    given.sandbox.exports.put(key, 'something else');
    const fetching = () => given.source.fetch(given.connection, CUR, files, options);
    await expect(fetching()).rejects.toMatchObject({
      code: 'DATA_UNAVAILABLE',
      message: expect.stringContaining('written anew'),
    });
    given.sandbox.exports.remove(key);
    await expect(fetching()).rejects.toMatchObject({ code: 'DATA_UNAVAILABLE', message: expect.stringContaining('not there') });
    expect(fs.readdirSync(home)).toEqual([]);
  });

  it('are listed no further than the last of them, however much else lies beside', async () => {
    const given = await world();
    const { manifest, files } = await listed(given);
    const folder = (manifest.keys[0] ?? '').slice(0, (manifest.keys[0] ?? '').lastIndexOf('/') + 1);
    const pages = () =>
      given.sandbox.requests().reduce((sum, request) => sum + (request.operation === 'ListObjectsV2' ? request.pages : 0), 0);
    const before = pages();
    await given.source.files(given.connection, CUR, manifest, options);
    const folders = pages() - before;
    for (let n = 0; n < 2_100; n++) given.sandbox.exports.put(`${folder}zz-${String(n).padStart(6, '0')}`, 'x');
    expect(await given.source.files(given.connection, CUR, manifest, options)).toEqual(files);
    expect([folders, pages() - before]).toEqual([2, 4]);
  });

  it('are refused when the manifest scatters them over more folders than AWS would', async () => {
    const given = await world();
    const scattered = (count: number) =>
      withManifest(given, (manifest) => ({
        ...manifest,
        reportKeys: Array.from({ length: count }, (_, n) => `cur/daily/20261001-20261101/folder-${n}/daily.csv.gz`),
      }));
    const files = async (count: number) => given.source.files(given.connection, CUR, await scattered(count), options);
    await expect(files(100)).rejects.toMatchObject({
      code: 'SOURCE_ANSWER_UNREADABLE',
      message: expect.stringMatching(/its files lie in 101 folders, more than 100/),
    });
    await expect(files(99)).rejects.toThrow(/which is not there/);
  });

  it('are left alone while AWS delivers: a file is younger than its manifest', async () => {
    const given = await world();
    const { manifest } = await listed(given);
    const [key = ''] = manifest.keys;
    const body = (await given.sandbox.exports.object(key))?.body ?? '';
    given.sandbox.exports.put(key, body, new Date(NOW.getTime() - 60_000));
    const files = given.source.files(given.connection, CUR, manifest, options);
    await expect(files).rejects.toThrow(/AWS is delivering .* at this moment/);
    // A bucket that was copied has its own dates: after some hours they are no sign of anything.
    const later = awsExportSource(openAws({ maxAttempts: 1, now: () => new Date(NOW.getTime() + 8 * 3_600_000) }), dataDir);
    expect(await later.files(given.connection, CUR, manifest, options)).toHaveLength(2);
  });

  it('are swept when a killed process left them', async () => {
    const left = path.join(
      home,
      `${os
        .hostname()
        .toLowerCase()
        .replaceAll(/[^a-z0-9-]/g, '-')}.999999999.11111111-1111-4111-8111-111111111111`,
    );
    const mine = path.join(home, 'somebody.1.22222222-2222-4222-8222-222222222222');
    const other = path.join(home, 'not ours');
    for (const folder of [left, mine, other]) fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(left, 'part-00001'), 'x');
    awsExportSource(openAws(), dataDir);
    expect(fs.readdirSync(home).sort()).toEqual(['not ours', path.basename(mine)]);
    awsExportSource(openAws({ now: () => new Date(Date.now() + 25 * 3_600_000) }), dataDir);
    expect(fs.readdirSync(home)).toEqual(['not ours']);
    fs.rmSync(other, { recursive: true });
  });
});
