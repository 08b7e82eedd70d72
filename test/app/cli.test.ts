import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { type Ended, Installation } from '../support/cli.ts';

const VERBS = [
  ['start'],
  ['serve'],
  ['connect'],
  ['sync'],
  ['import'],
  ['advise'],
  ['explain'],
  ['catalogue'],
  ['doctor'],
  ['iam-policy'],
  ['job'],
  ['sign-in'],
  ['accounts', 'list'],
  ['accounts', 'assign'],
  ['key', 'create'],
  ['plan', 'template'],
  ['plan', 'import'],
  ['plan', 'show'],
  ['plan', 'history'],
  ['contract', 'add'],
  ['contract', 'list'],
  ['contract', 'end'],
  ['decide'],
  ['exempt', 'add'],
  ['exempt', 'list'],
  ['exempt', 'end'],
  ['exempt', 'import'],
  ['exempt', 'export'],
  ['sandbox', 'truth'],
  ['sandbox', 'advance'],
];
const AWS = {
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example',
  AWS_REGION: 'ap-northeast-1',
  AWS_CONFIG_FILE: '/nonexistent',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
};
const house = new Installation();
let keeper: ReturnType<Installation['begin']>;
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ seed: 3, asOf: '2026-11-20', resources: 50 });
  // A server keeps the database up, so that each verb below takes a second and not two.
  keeper = house.begin(['serve']);
  await new Promise<void>((resolve) =>
    keeper.child.stderr?.on('data', (chunk: Buffer) => String(chunk).includes('Serving on') && resolve()),
  );
}, 120_000);

afterAll(async () => {
  keeper.child.kill('SIGTERM');
  await keeper.ended;
  await sandbox.close();
  house.remove();
});

describe('help', () => {
  it.each(VERBS)('of %s %s names --tenant and --json, exit 0', async (...verb) => {
    const { code, stdout } = await house.run([...verb, '--help']);

    expect(code).toBe(0);
    expect(stdout).toContain('--tenant');
    expect(stdout).toContain('--json');
  });
});

describe('wrong usage is exit 2 with one document on stdout', () => {
  it.each([
    ['an unknown verb', ['nosuch']],
    ['an unknown flag', ['advise', '--bogus']],
    ['a day that is none', ['advise', '--as-of', '2026-02-30', '--tenant', 'nobody']],
    ['a count that is none', ['sandbox', 'truth', '--resources', 'many']],
    ['a missing flag', ['sandbox', 'advance']],
    ['a scope that is none', ['key', 'create', '--scope', 'everything']],
    ['a job that is none', ['job', 'nosuch']],
  ])('%s', async (_what, args) => {
    expectFailure(await house.run([...args, '--json']), 2, 'INVALID_INPUT');
  });

  it('a setting that is none names the setting', async () => {
    const ended = await house.run(['advise', '--json'], { PORT: 'abc' });

    expect(expectFailure(ended, 2, 'INVALID_INPUT').message).toContain('PORT');
  });
});

describe('what fails is exit 1 with a sentence and the next step', () => {
  it('nothing connected yet', async () => {
    expectFailure(await house.run(['advise', '--json']), 1, 'NOT_READY');
  });

  it('a tenant that nobody knows', async () => {
    expectFailure(await house.run(['advise', '--tenant', 'nobody', '--json']), 1, 'NOT_FOUND');
  });

  it('a file that is no bill; and no tenant is left behind', async () => {
    const file = path.join(house.dataDir, 'no-bill.csv');
    fs.writeFileSync(file, 'a,b\n1,2\n');
    const failure = expectFailure(await house.run(['import', file, '--tenant', 'half-made', '--json']), 1, 'FILE_UNREADABLE');

    expect(failure.message).toContain('no-bill.csv');
    expectFailure(await house.run(['advise', '--tenant', 'half-made', '--json']), 1, 'NOT_FOUND');
  });

  it('a taken port', async () => {
    const taken = net.createServer();
    const port = await new Promise<number>((resolve) =>
      taken.listen(0, '127.0.0.1', () => resolve((taken.address() as net.AddressInfo).port)),
    );
    const other = new Installation({ PORT: String(port) });
    const failure = expectFailure(await other.run(['serve', '--json']), 1, 'PORT_IN_USE');
    taken.close();
    other.remove();

    expect(failure.message).toContain(String(port));
  });

  it('a second server over the same data', async () => {
    expect(expectFailure(await house.run(['serve', '--json']), 1, 'CONFLICT').nextStep).toContain('sign-in');
  });

  it.each([
    [
      'no credentials at all',
      { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_EC2_METADATA_DISABLED: 'true', HOME: '/nonexistent' },
      'CREDENTIALS_MISSING',
    ],
    ['nobody at the endpoint', { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }, 'SOURCE_UNREACHABLE'],
  ])('%s', async (_what, environment, code) => {
    const ended = await house.run(['connect', '--tenant', 'half-made', '--json'], {
      ...AWS,
      AWS_ENDPOINT_URL: sandbox.url,
      ...environment,
    });

    expectFailure(ended, 1, code);
    expectFailure(await house.run(['advise', '--tenant', 'half-made', '--json']), 1, 'NOT_FOUND');
  });

  it('credentials that AWS refuses', async () => {
    const id = sandbox.faults.add({ kind: 'badCredentials' });
    const ended = await house.run(['connect', '--tenant', 'half-made', '--json'], { ...AWS, AWS_ENDPOINT_URL: sandbox.url });
    sandbox.faults.remove(id);

    expectFailure(ended, 1, 'CREDENTIALS_REJECTED');
    expectFailure(await house.run(['advise', '--tenant', 'half-made', '--json']), 1, 'NOT_FOUND');
  });
});

describe('pointed at AWS by environment alone', () => {
  const environment = (): NodeJS.ProcessEnv => ({ ...AWS, AWS_ENDPOINT_URL: sandbox.url });

  it('connects, pulls, advises; and what is refused is an entry with the next step, not the end of the rest', async () => {
    const connected = await house.run(['connect', '--tenant', 'acme', '--json'], environment());
    const id = sandbox.faults.add({ kind: 'optInRequired' });
    const pulled = await house.run(['sync', '--tenant', 'acme', '--as-of', '2026-11-20', '--json'], environment());
    sandbox.faults.remove(id);
    const advised = await house.run(['advise', '--tenant', 'acme', '--as-of', '2026-11-20', '--json']);

    expect(JSON.parse(connected.stdout)).toMatchObject({ connection: { credentials: { kind: 'chain' }, endpointUrl: null } });
    const entries = JSON.parse(pulled.stdout) as { source: string; status: string; error?: { nextStep: string } }[];
    expect(entries.find((entry) => entry.source === 'computeOptimizer')?.error?.nextStep).toMatch(
      /Compute Optimizer|enrol|opt in/i,
    );
    expect(entries.filter((entry) => entry.source.startsWith('costExplorer')).map((entry) => entry.status)).toEqual(
      entries.filter((entry) => entry.source.startsWith('costExplorer')).map(() => 'ok'),
    );
    const advice = JSON.parse(advised.stdout) as { recommendations: { detectorId: string }[]; notJudged: { because: string }[] };
    expect(advice.recommendations.some((item) => item.detectorId === 'nat-gateway-idle')).toBe(true);
    expect(advice.notJudged.some((item) => item.because.startsWith('computeOptimizer'))).toBe(true);
  });

  it('makes no sandbox connection by itself: with nothing connected it says what to do, and ends', async () => {
    const other = new Installation();
    const started = await other.run(['start'], environment());
    other.remove();

    expect(started.code).toBe(1);
    expect(started.stderr).toMatch(/[Nn]othing is connected.*connect/);
    expect(started.stdout).toBe('');
  });
});

describe('text of strangers does not steer the terminal', () => {
  const HOSTILE = '\u001b[2J\u0007\u009b31m\u007f\u2028\u202egnp.exe\u2066';
  const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;

  it('as a heading of a statement, shown in the sentence of what is missing', async () => {
    const mapping = path.join(house.dataDir, 'mapping.json');
    const statement = path.join(house.dataDir, 'statement.csv');
    fs.writeFileSync(mapping, mappingText('Amount'));
    fs.writeFileSync(statement, `Service${HOSTILE},Amounts\nEC2,1\nTotal,1\n`);
    const args = ['import', statement, '--mapping', mapping, '--month', '2026-10', '--tenant', 'acme'];
    const { code, stdout, stderr } = await house.run(args);

    expect(code).toBe(1);
    expect(stderr).toContain('gnp.exe');
    expect(stdout + stderr).not.toMatch(STEERING);
    expect((await house.run([...args, '--json'])).stdout).not.toMatch(STEERING);
  });

  it('as a heading in a mapping, which is refused', async () => {
    const mapping = path.join(house.dataDir, 'mapping.json');
    fs.writeFileSync(mapping, mappingText(`Amount${HOSTILE}`));
    const ended = await house.run(['mapping', 'save', mapping, '--tenant', 'half-made', '--json']);

    expect(expectFailure(ended, 2, 'INVALID_INPUT').message).toMatch(/columns\.amount: has control characters/);
    expect(ended.stdout + ended.stderr).not.toMatch(STEERING);
  });

  it('in whatever sentence nobody thought of; and JSON reads back as it was', async () => {
    const text = await house.run(['advise', '--tenant', HOSTILE]);
    const json = await house.run(['advise', '--tenant', HOSTILE, '--json']);
    const usage = await house.run([`--${HOSTILE}`]);

    for (const { stdout, stderr } of [text, json, usage]) expect(stdout + stderr).not.toMatch(STEERING);
    expect(expectFailure(json, 1, 'NOT_FOUND').message).toContain(HOSTILE);
  });

  const mappingText = (amount: string): string =>
    JSON.stringify({
      name: 'hostile',
      issuer: 'Reseller',
      customerId: 'C-1',
      columns: { service: 'Service', amount },
      totals: [{ label: 'Total', of: 'withTax' }],
    });
});

/** Exactly one document on stdout, in the shape that strangers rely on. */
function expectFailure(
  { code, stdout, stderr }: Ended,
  exitCode: number,
  failureCode: string,
): { message: string; nextStep: string } {
  const { error } = JSON.parse(stdout) as { error: { code: string; message: string; nextStep: string } };
  expect({ code, failure: error.code }, stderr).toEqual({ code: exitCode, failure: failureCode });
  expect(error.nextStep.length).toBeGreaterThan(10);
  return error;
}
