import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { awsAdvice } from '../../../src/adapters/aws/advice.ts';
import { awsClients } from '../../../src/adapters/aws/clients.ts';
import { awsCostSource, awsExportSource } from '../../../src/adapters/aws/index.ts';
import { openAws } from '../../../src/adapters/aws/open-aws.ts';
import { sessionName } from '../../../src/adapters/aws/role-sessions.ts';
import { COST_SLICES, type Slice } from '../../../src/ledger/slice.ts';
import type { Connection } from '../../../src/operations/ports/connections.ts';
import type { Io } from '../../../src/operations/ports/io.ts';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import { clientsOf, serveForTest } from '../../sandbox/wire/clients.ts';
import { PAYER, SHOP, tinyEstate, usd } from '../../sandbox/wire/tiny-estate.ts';
import { aConnection, scriptedAws } from './scripted-aws.ts';

const ROLE = `arn:aws:iam::${SHOP}:role/cost-pillar/cost-pillar-reader`;
const OURS = 'a'.repeat(32);
const THEIRS = 'b'.repeat(32);
const WINDOW = { start: '2026-11-01', end: '2026-11-03' };
const SLICE = COST_SLICES.find(({ id }) => id === 'account-service') as Slice;

beforeEach(() => {
  const home = mkdtempSync(join(tmpdir(), 'cost-pillar-role-'));
  vi.stubEnv('HOME', home);
  vi.stubEnv('AWS_CONFIG_FILE', join(home, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(home, 'credentials'));
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDOURS');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  return () => vi.unstubAllEnvs();
});

function byRole(endpointUrl: string, rest: Partial<Connection> = {}): Connection {
  const credentials = { kind: 'role', roleArn: ROLE, externalId: OURS, profile: null } as const;
  return aConnection(endpointUrl, { payerAccountId: SHOP, credentials, ...rest });
}

function pull(source: ReturnType<typeof awsCostSource>, connection: Connection) {
  return Array.fromAsync(source.pullSlice(connection, SLICE, WINDOW, { pageBought: async () => {} }).charges);
}

const lines = [
  { accountId: SHOP, unblendedCost: usd('2') },
  { accountId: PAYER, unblendedCost: usd('5') },
];
const assumed = (sandbox: Pick<Sandbox, 'requests'>) =>
  sandbox.requests().find(({ operation }) => operation === 'AssumeRole')?.pages ?? 0;

describe("a customer's role", () => {
  it('is assumed once for all requests of its hour, and gives its own account alone', async () => {
    const sandbox = await serveForTest(tinyEstate({ lines }), { roles: [{ roleArn: ROLE, externalId: OURS }] });
    const source = awsCostSource(openAws({ maxAttempts: 1 }));
    const charges = (await pull(source, byRole(sandbox.url))).flat();
    await pull(source, byRole(sandbox.url));
    expect(new Set(charges.map((charge) => charge.subAccountId))).toEqual(new Set([SHOP]));
    expect(await source.identify(byRole(sandbox.url))).toMatchObject({ accountId: SHOP });
    expect(assumed(sandbox)).toBe(1);
  });

  it('is assumed once for bill and advice, and once more for an export, each time through the named hook', async () => {
    const sandbox = await serveForTest(tinyEstate({ lines }), { roles: [{ roleArn: ROLE, externalId: OURS }] });
    const points: string[] = [];
    const io: Io = (name, fn) => {
      points.push(name);
      return fn();
    };
    const aws = openAws({ io, maxAttempts: 1 });
    const connection = byRole(sandbox.url);
    const options = { pageBought: async () => {} };
    await awsCostSource(aws).identify(connection);
    await awsAdvice(aws).organizationStanding(connection, options);
    expect(assumed(sandbox)).toBe(1);
    const exports = awsExportSource(aws, mkdtempSync(join(tmpdir(), 'cost-pillar-one-set-')));
    const place = { bucket: 'yamabuki-billing', prefix: 'cur', name: 'daily', kind: 'auto' } as const;
    await exports.periods(connection, place, options).catch(() => []);
    expect(assumed(sandbox)).toBe(2);
    expect(points.filter((point) => point === 'sts.AssumeRole')).toHaveLength(2);
  });

  it('says in its session who we are and since when, in at most 64 characters, and sends the policy for an hour', async () => {
    const seen: URLSearchParams[] = [];
    await using aws = await scriptedAws(({ operation, body }) => {
      if (operation === 'AssumeRole') seen.push(new URLSearchParams(body));
      return { status: 403, raw: '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>' };
    });
    const id = '7f1f6ad0-0f57-4a2f-9d3c-8d8a7ad6b3a1';
    await expect(awsCostSource(openAws()).identify(byRole(aws.url, { id }))).rejects.toMatchObject({
      code: 'ACCESS_DENIED_BY_AWS',
      nextStep: expect.stringContaining('--role-for'),
    });
    const [asked] = seen;
    expect(asked?.get('RoleSessionName')).toMatch(new RegExp(`^cca-${id}-\\d{8}T\\d{6}Z$`));
    expect(asked?.get('RoleSessionName')?.length).toBeLessThanOrEqual(64);
    expect([asked?.get('RoleArn'), asked?.get('ExternalId'), asked?.get('DurationSeconds')]).toEqual([ROLE, OURS, '3600']);
    expect(asked?.get('Policy')).toContain('ce:Get*');
    const untried = { credentials: { kind: 'role', roleArn: ROLE, externalId: OURS, profile: null } } as const;
    expect(sessionName(untried, 0)).toBe(`cca-new-${SHOP}-19700101T000000Z`);
  });

  it('gives us no more than we ask for, although it was granted everything', async () => {
    const sandbox = await serveForTest(tinyEstate({ lines }), { roles: [{ roleArn: ROLE, externalId: OURS }] });
    const { StartSavingsPlansPurchaseRecommendationGenerationCommand } = await import('@aws-sdk/client-cost-explorer');
    const client = await awsClients({ maxAttempts: 1 }).costExplorer(byRole(sandbox.url));
    const beyond = client.send(new StartSavingsPlansPurchaseRecommendationGenerationCommand({}));
    await expect(beyond).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(await pull(awsCostSource(openAws()), byRole(sandbox.url))).toHaveLength(1);
  });

  it('is dropped when the session turns out to be of another account', async () => {
    const session = `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
    const identity = `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:sts::999988887777:assumed-role/x/y</Arn><Account>999988887777</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;
    await using aws = await scriptedAws(({ operation }) => ({ raw: operation === 'AssumeRole' ? session : identity }));
    const failure = { code: 'CREDENTIALS_REJECTED', message: expect.stringContaining('999988887777') };
    await expect(pull(awsCostSource(openAws({ maxAttempts: 1 })), byRole(aws.url))).rejects.toMatchObject(failure);
    expect(aws.requests.map(({ operation }) => operation)).toEqual(['AssumeRole', 'GetCallerIdentity']);
  });

  it('is not asked at all where its trust policy was found open', async () => {
    const sandbox = await serveForTest(tinyEstate({ lines }), { roles: [{ roleArn: ROLE, externalId: OURS }] });
    const trust = { state: 'insecureTrust', checkedAt: '2026-11-20T00:00:00Z' } as const;
    await expect(pull(awsCostSource(openAws()), byRole(sandbox.url, { trust }))).rejects.toMatchObject({
      code: 'CREDENTIALS_REJECTED',
    });
    expect(sandbox.requests()).toEqual([]);
  });
});

describe('the end of a session', () => {
  it('is met before it comes: five minutes earlier there is a new one', async () => {
    const sandbox = await serveForTest(tinyEstate({ lines }), { roles: [{ roleArn: ROLE, externalId: OURS }] });
    let time = Date.now();
    const clients = awsClients({ maxAttempts: 1, now: () => time });
    const credentials = async () => (await clients.sts(byRole(sandbox.url))).config.credentials();
    const first = await credentials();
    time += 54 * 60_000;
    expect((await (await clients.computeOptimizer(byRole(sandbox.url), 'eu-west-1')).config.credentials()).accessKeyId).toBe(
      first.accessKeyId,
    );
    time += 2 * 60_000;
    const later = await (await clients.pricing(byRole(sandbox.url))).config.credentials();
    expect(later.accessKeyId).not.toBe(first.accessKeyId);
    expect(assumed(sandbox)).toBe(2);
  });

  it('that comes too early is met once by a new session, and twice is an error', async () => {
    const sandbox = await serveForTest(tinyEstate({ lines }), { roles: [{ roleArn: ROLE, externalId: OURS }] });
    const { GetCostAndUsageCommand } = await import('@aws-sdk/client-cost-explorer');
    let time = Date.now();
    const clients = awsClients({ maxAttempts: 1, now: () => time });
    const ask = async () =>
      (await clients.costExplorer(byRole(sandbox.url))).send(
        new GetCostAndUsageCommand({
          TimePeriod: { Start: WINDOW.start, End: WINDOW.end },
          Granularity: 'DAILY',
          Metrics: ['UnblendedCost'],
        }),
      );
    await ask();
    time += 10 * 60_000;
    sandbox.faults.add({ kind: 'expiredToken', service: 'ce', times: 1 });
    expect((await ask()).ResultsByTime).toHaveLength(2);
    expect(assumed(sandbox)).toBe(2);
    time += 10 * 60_000;
    sandbox.faults.add({ kind: 'expiredToken', service: 'ce' });
    await expect(ask()).rejects.toMatchObject({ name: 'ExpiredTokenException' });
    expect(assumed(sandbox)).toBe(3);
  });
});

describe('what is kept in memory', () => {
  it('is never handed to another tenant, connection or external id, in 1,000 interleaved requests', async () => {
    const roles = [
      { roleArn: ROLE, externalId: OURS },
      { roleArn: ROLE.replace('reader', 'other'), externalId: THEIRS },
    ];
    const sandbox = await serveForTest(tinyEstate({ lines }), { roles });
    const clients = awsClients({ maxAttempts: 1 });
    const ours = byRole(sandbox.url);
    const sameRoleOfAnother = byRole(sandbox.url, {
      ownerTenantId: 'tenant-2',
      credentials: { kind: 'role', roleArn: ROLE, externalId: THEIRS, profile: null },
    });
    const keysOfOurs = new Set<string>();
    const outcomes = await Promise.all(
      Array.from({ length: 1_000 }, async (_, n) => {
        if (n % 2 === 0) {
          const client = await clients.costExplorer(ours);
          keysOfOurs.add((await client.config.credentials()).accessKeyId);
          return 'ours';
        }
        const stranger = await clients.costExplorer({ ...sameRoleOfAnother, id: ours.id });
        return stranger.config.credentials().then(
          () => 'leaked',
          () => 'refused',
        );
      }),
    );
    expect(new Set(outcomes)).toEqual(new Set(['ours', 'refused']));
    expect([keysOfOurs.size, sandbox.sessionsIssued()]).toEqual([1, 1]);
  });

  it.each<[string, Partial<Connection>]>([
    ['tenant', { ownerTenantId: 'tenant-2' }],
    ['connection', { id: 'connection-2' }],
    ['view', { billingViewArn: 'arn:aws:billing::111122223333:billingview/billing-group-444455556666' }],
  ])('is a client of its own for another %s, chain credentials too', async (_what, rest) => {
    const clients = awsClients();
    const connection = aConnection(null, { credentials: { kind: 'chain', profile: null } });
    expect(await clients.costExplorer(connection)).toBe(await clients.costExplorer({ ...connection }));
    expect(await clients.costExplorer({ ...connection, ...rest })).not.toBe(await clients.costExplorer(connection));
  });

  it('is nothing of a way that is only being tried', async () => {
    const clients = awsClients();
    const { credentials, regionId, endpointUrl } = aConnection(null);
    const way = { credentials, regionId, endpointUrl };
    expect(await clients.sts(way)).not.toBe(await clients.sts(way));
  });
});

describe('trying a role', () => {
  const reach = (endpointUrl: string) => ({ roleArn: ROLE, profile: null, regionId: 'us-east-1', endpointUrl });

  it.each([
    ['the right id', OURS, 'assumed'],
    ['no id', null, 'refused'],
    ['another id', THEIRS, 'refused'],
  ] as const)('with %s is %s', async (_what, externalId, outcome) => {
    const sandbox = await serveForTest(tinyEstate(), { roles: [{ roleArn: ROLE, externalId: OURS }] });
    expect(await awsCostSource(openAws()).tryRole(reach(sandbox.url), externalId)).toBe(outcome);
  });

  it('proves nothing when AWS cannot be asked', async () => {
    await expect(awsCostSource(openAws({ maxAttempts: 1 })).tryRole(reach('http://127.0.0.1:9'), null)).rejects.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
    });
    const sandbox = await serveForTest(tinyEstate(), { faults: [{ kind: 'throttling' }] });
    await expect(awsCostSource(openAws({ maxAttempts: 1 })).tryRole(reach(sandbox.url), null)).rejects.toMatchObject({
      code: 'SOURCE_THROTTLED',
    });
  });
});

describe('a billing view', () => {
  const VIEW = `arn:aws:billing::${PAYER}:billingview/billing-group-${PAYER}`;

  it('goes with every question that knows views, and is never left out of one that does not', async () => {
    const sandbox = await serveForTest(tinyEstate({ lines }));
    const connection = aConnection(sandbox.url, { payerAccountId: PAYER, billingViewArn: VIEW, priceView: 'customerBilled' });
    const charges = (await pull(awsCostSource(openAws()), connection)).flat();
    expect(charges.map(({ subAccountId, billedCost }) => [subAccountId, billedCost])).toEqual([
      [SHOP, '2.16'],
      [SHOP, '2.16'],
    ]);
    const { GetDimensionValuesCommand, GetReservationCoverageCommand } = await import('@aws-sdk/client-cost-explorer');
    const client = await awsClients().costExplorer(connection);
    const TimePeriod = { Start: WINDOW.start, End: WINDOW.end };
    const { DimensionValues } = await client.send(new GetDimensionValuesCommand({ TimePeriod, Dimension: 'LINKED_ACCOUNT' }));
    expect(DimensionValues?.map(({ Value }) => Value)).toEqual([SHOP]);
    const before = sandbox.requests().length;
    await expect(client.send(new GetReservationCoverageCommand({ TimePeriod }))).rejects.toMatchObject({
      code: 'DATA_UNAVAILABLE',
    });
    expect(sandbox.requests().length).toBe(before);
  });

  it('is refused by AWS where it is not there', async () => {
    const sandbox = await serveForTest(tinyEstate({ lines }));
    const { costExplorer } = clientsOf(sandbox);
    const { GetCostAndUsageCommand } = await import('@aws-sdk/client-cost-explorer');
    const asked = costExplorer.send(
      new GetCostAndUsageCommand({
        TimePeriod: { Start: WINDOW.start, End: WINDOW.end },
        Granularity: 'DAILY',
        Metrics: ['UnblendedCost'],
        BillingViewArn: `${VIEW}9`,
      }),
    );
    await expect(asked).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
