import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { awsCostSource } from '../../../src/adapters/aws/index.ts';
import { openAws } from '../../../src/adapters/aws/open-aws.ts';
import { COST_SLICES, type Slice } from '../../../src/ledger/slice.ts';
import { aConnection, PAYER, scriptedAws } from './scripted-aws.ts';

const WINDOW = { start: '2026-11-01', end: '2026-11-04' };
const NOTHING = { json: { ResultsByTime: [] } };
const IDENTITY = {
  raw: `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::${PAYER}:user/reader</Arn><Account>${PAYER}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
};
const chain = (profile: string | null) => ({ credentials: { kind: 'chain', profile } as const });
let home: string;

/** An environment in which nobody has set up AWS. */
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'cost-pillar-aws-'));
  for (const name of Object.keys(process.env).filter((item) => item.startsWith('AWS_'))) vi.stubEnv(name, undefined);
  vi.stubEnv('HOME', home);
  vi.stubEnv('AWS_CONFIG_FILE', join(home, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(home, 'credentials'));
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
});
afterEach(() => vi.unstubAllEnvs());

async function pull(connection: ReturnType<typeof aConnection>): Promise<void> {
  const { charges } = awsCostSource(openAws({ maxAttempts: 1 })).pullSlice(connection, COST_SLICES[0] as Slice, WINDOW, {
    pageBought: async () => {},
  });
  await Array.fromAsync(charges);
}

describe('the standard environment of the SDK', () => {
  it('points all services at AWS_ENDPOINT_URL when the connection names no endpoint', async () => {
    await using aws = await scriptedAws(({ operation }) => (operation === 'GetCallerIdentity' ? IDENTITY : NOTHING));
    vi.stubEnv('AWS_ENDPOINT_URL', aws.url);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDENVIRONMENT');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    expect(await awsCostSource(openAws()).identify(aConnection(null, chain(null)))).toMatchObject({ accountId: PAYER });
    await pull(aConnection(null, chain(null)));
    expect(aws.requests.map((request) => request.operation)).toEqual(['GetCallerIdentity', 'GetCostAndUsage']);
    for (const request of aws.requests) expect(request.authorization).toContain('Credential=AKIDENVIRONMENT/');
  });

  it('prefers the endpoint of the service, and the endpoint of the connection to both', async () => {
    await using general = await scriptedAws(() => NOTHING);
    await using special = await scriptedAws(() => NOTHING);
    await using own = await scriptedAws(() => NOTHING);
    vi.stubEnv('AWS_ENDPOINT_URL', general.url);
    vi.stubEnv('AWS_ENDPOINT_URL_COST_EXPLORER', special.url);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDENVIRONMENT');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    await pull(aConnection(null, chain(null)));
    await pull(aConnection(own.url, chain(null)));
    expect([general.requests.length, special.requests.length, own.requests.length]).toEqual([0, 1, 1]);
  });

  it('takes the credentials of the profile that the connection names', async () => {
    writeFileSync(join(home, 'credentials'), '[billing]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = secret\n');
    await using aws = await scriptedAws(() => NOTHING);
    await pull(aConnection(aws.url, chain('billing')));
    expect(aws.requests[0]?.authorization).toContain('Credential=AKIDPROFILE/');
  });

  it('is never rewritten', async () => {
    await using aws = await scriptedAws(() => NOTHING);
    const before = JSON.stringify(process.env);
    await pull(aConnection(aws.url));
    expect(JSON.stringify(process.env)).toBe(before);
  });

  it('without credentials says what to set, and asks nobody', async () => {
    await using aws = await scriptedAws(() => NOTHING);
    await expect(pull(aConnection(aws.url, chain(null)))).rejects.toMatchObject({
      code: 'CREDENTIALS_MISSING',
      nextStep: expect.stringMatching(/AWS_PROFILE/),
    });
    await expect(pull(aConnection(aws.url, chain('nobody')))).rejects.toMatchObject({ code: 'CREDENTIALS_MISSING' });
    expect(aws.requests).toEqual([]);
  });
});
