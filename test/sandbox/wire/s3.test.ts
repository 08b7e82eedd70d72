import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import {
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { clientsOf, serveForTest } from './clients.ts';
import { LEDGER, SHOP, tinyEstate, usd } from './tiny-estate.ts';

const Bucket = 'yamabuki-billing';
const LINES = [{ unblendedCost: usd('1.5') }, { accountId: LEDGER, unblendedCost: usd('2'), recordType: 'Tax', usageType: '' }];

async function served(options = {}) {
  const sandbox = await serveForTest(tinyEstate({ lines: LINES }), options);
  return { sandbox, s3: clientsOf(sandbox).s3 };
}

async function read(s3: S3Client, Key: string): Promise<Buffer> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

async function keysBelow(s3: S3Client, Prefix: string): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
  return Contents.map(({ Key }) => Key ?? '');
}

describe('the exports in the bucket', () => {
  it('keep each assembly of a report with new versions, and the top manifest names the current one', async () => {
    const { s3 } = await served();
    const folder = 'cur/daily/20261101-20261201/';
    const manifest = JSON.parse((await read(s3, `${folder}daily-Manifest.json`)).toString());
    expect(manifest).toMatchObject({
      compression: 'GZIP',
      contentType: 'text/csv',
      bucket: Bucket,
      reportName: 'daily',
      billingPeriod: { start: '20261101T000000.000Z', end: '20261201T000000.000Z' },
    });
    expect(manifest.reportKeys).toEqual([1, 2].map((n) => `${folder}${manifest.assemblyId}/daily-0000${n}.csv.gz`));
    const files = (await keysBelow(s3, folder)).filter((key) => key.endsWith('.gz'));
    expect(files).toHaveLength(4);
    expect(files).toEqual(expect.arrayContaining(manifest.reportKeys));
  });

  it('are written over where the report says so', async () => {
    const { s3 } = await served();
    expect(await keysBelow(s3, 'cur/daily-overwritten/20261101-20261201/')).toEqual([
      'cur/daily-overwritten/20261101-20261201/daily-overwritten-00001.csv.gz',
      'cur/daily-overwritten/20261101-20261201/daily-overwritten-00002.csv.gz',
      'cur/daily-overwritten/20261101-20261201/daily-overwritten-Manifest.json',
    ]);
    expect(await keysBelow(s3, 'exports/cur2-overwritten/data/BILLING_PERIOD=2026-11/')).toHaveLength(2);
  });

  it('name the files of Data Exports by full address, in a folder of the execution', async () => {
    const { s3 } = await served();
    const manifest = JSON.parse((await read(s3, 'exports/focus/metadata/billing_period=2026-11/focus-Manifest.json')).toString());
    expect(manifest.dataFiles[0]).toBe(
      `s3://${Bucket}/exports/focus/data/billing_period=2026-11/2026-11-20T04:30:00.000Z-${manifest.executionId}/focus-00001.csv.gz`,
    );
  });

  it('say every line of the bill once, in two files together', async () => {
    const { s3 } = await served();
    const texts: string[] = [];
    for (const key of (await keysBelow(s3, 'cur/daily-overwritten/20261001-20261101/')).filter((each) => each.endsWith('.gz')))
      texts.push(gunzipSync(await read(s3, key)).toString());
    const rows = texts.flatMap((text) => text.trim().split('\n').slice(1));
    expect(rows).toHaveLength(62);
    expect(rows.filter((row) => row.includes(`,${SHOP},Usage,`) && row.includes(',1.5,1.5,'))).toHaveLength(31);
  });

  it('come a day late, or again with a cost put right, where a fault says so', async () => {
    const { sandbox, s3 } = await served();
    const assembly = async (month: string) =>
      JSON.parse((await read(s3, `cur/daily/${month}/daily-Manifest.json`)).toString()).assemblyId;
    const before = [await assembly('20261001-20261101'), await assembly('20261101-20261201')];
    sandbox.faults.add({ kind: 'restatedExports', month: '2026-10', addedCost: '7' });
    sandbox.faults.add({ kind: 'lateExports', days: 3 });
    const after = [await assembly('20261001-20261101'), await assembly('20261101-20261201')];
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
    const text = gunzipSync(await read(s3, `cur/daily/20261101-20261201/${after[1]}/daily-00002.csv.gz`)).toString();
    expect(text).toContain('2026-11-16T00:00:00Z/');
    expect(text).not.toContain('2026-11-17T00:00:00Z/');
  });
});

describe('S3 over the wire', () => {
  it('pages through listings, and folds what lies deeper', async () => {
    const { sandbox, s3 } = await served();
    for (let n = 0; n < 1_205; n++) sandbox.exports.put(`many/${String(n).padStart(5, '0')}/x`, 'x');
    const seen: string[] = [];
    let token: string | undefined;
    do {
      const page = await s3.send(
        new ListObjectsV2Command({ Bucket, Prefix: 'many/', Delimiter: '/', ...(token && { ContinuationToken: token }) }),
      );
      seen.push(...(page.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix));
      expect(page.Contents ?? []).toEqual([]);
      token = page.NextContinuationToken;
    } while (token);
    expect(seen).toHaveLength(1_205);
    expect(new Set(seen).size).toBe(1_205);
  });

  it('gives sizes and ETags that are those of the object', async () => {
    const { s3 } = await served();
    const key = 'cur/daily-overwritten/20261001-20261101/daily-overwritten-00001.csv.gz';
    const listed = (await s3.send(new ListObjectsV2Command({ Bucket, Prefix: key }))).Contents?.[0];
    const body = await read(s3, key);
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    expect(listed).toMatchObject({ Key: key, Size: body.length, ETag: etag });
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: key }))).toMatchObject({ ContentLength: body.length, ETag: etag });
  });

  it('answers ranges and conditions', async () => {
    const { sandbox, s3 } = await served();
    sandbox.exports.put('a key with & <signs> 本', '0123456789');
    const Key = 'a key with & <signs> 本';
    const part = await s3.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=2-4' }));
    expect([await part.Body?.transformToString(), part.ContentRange]).toEqual(['234', 'bytes 2-4/10']);
    await expect(s3.send(new GetObjectCommand({ Bucket, Key, IfMatch: '"other"' }))).rejects.toThrow(
      expect.objectContaining({ name: 'PreconditionFailed' }),
    );
    await expect(s3.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=50-' }))).rejects.toMatchObject({
      name: 'InvalidRange',
    });
    expect(await keysBelow(s3, 'a key')).toEqual([Key]);
  });

  it('refuses as S3 does', async () => {
    const { sandbox, s3 } = await served();
    await expect(read(s3, 'nothing/here')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(s3.send(new ListObjectsV2Command({ Bucket: 'another-bucket' }))).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'nothing' }))).rejects.toMatchObject({ name: 'NotFound' });
    const faults = [
      ['accessDenied', 'AccessDenied', 403],
      ['throttling', 'SlowDown', 503],
      ['badCredentials', 'InvalidAccessKeyId', 403],
      ['serverError', 'InternalError', 500],
    ] as const;
    for (const [kind, name, status] of faults) {
      const id = sandbox.faults.add({ kind, service: 's3' });
      const refused = s3.send(new ListObjectsV2Command({ Bucket }));
      await expect(refused).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } });
      sandbox.faults.remove(id);
    }
  });

  it('opens the bucket to the payer alone', async () => {
    const roleArn = `arn:aws:iam::${SHOP}:role/reader`;
    const { sandbox, s3 } = await served({ roles: [{ roleArn, externalId: 'the-id-of-the-test' }] });
    await s3.send(new HeadBucketCommand({ Bucket }));
    expect(await s3.send(new GetBucketLocationCommand({ Bucket }))).toMatchObject({ LocationConstraint: 'ap-northeast-1' });
    const { AssumeRoleCommand } = await import('@aws-sdk/client-sts');
    const { Credentials } = await clientsOf(sandbox).sts.send(
      new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'test', ExternalId: 'the-id-of-the-test' }),
    );
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
    await expect(clientsOf(sandbox, { credentials }).s3.send(new ListObjectsV2Command({ Bucket }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });

  it('breaks off in the middle of a body where a fault says so', async () => {
    const { sandbox, s3 } = await served();
    sandbox.faults.add({ kind: 'truncatedBody', service: 's3', operation: 'GetObject' });
    await expect(read(s3, 'cur/daily/20261101-20261201/daily-Manifest.json')).rejects.toThrow(/abort|hang up|reset/i);
  });
});
