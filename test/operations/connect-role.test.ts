import { parse } from '@cdktf/hcl2json';
import { describe, expect, it } from 'vitest';
import { connectRole } from '../../src/operations/connect-role.ts';
import { doctor } from '../../src/operations/doctor.ts';
import { offerRole, principalOf } from '../../src/operations/offer-role.ts';
import { aSource, contextOver, EXTERNAL_ID, failure, fakeWorld } from './fake-ports.ts';

const ACCOUNT = '222233334444';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/cost-pillar/cost-pillar-reader`;
const there = async () => ({ accountId: ACCOUNT, arn: `arn:aws:sts::${ACCOUNT}:assumed-role/cost-pillar-reader/cca` });

/** A role by what its trust policy lets in besides our external id. */
const roleThat = (lets: { readonly none?: boolean; readonly others?: boolean }) =>
  aSource({
    identify: there,
    tryRole: async (_reach, id) =>
      id === EXTERNAL_ID || (id === null ? lets.none === true : lets.others === true) ? 'assumed' : 'refused',
  });

describe('connecting over a role', () => {
  it('keeps the connection when the role opens with our external id alone', async () => {
    const world = fakeWorld(roleThat({}), []);
    const { connection, callerArn } = await connectRole(contextOver(world), { roleArn: ROLE, profile: 'billing' });
    expect(connection).toMatchObject({
      name: `aws-${ACCOUNT}`,
      payerAccountId: ACCOUNT,
      credentials: { kind: 'role', roleArn: ROLE, externalId: EXTERNAL_ID, profile: 'billing' },
      trust: { state: 'proven', checkedAt: '2026-11-24T05:00:00.000Z' },
    });
    expect(callerArn).toContain('assumed-role');
    expect(world.audit.map((event) => event.action)).toEqual(['connected']);
  });

  it('tries with our id, without one, and with one that nobody has, each time another', async () => {
    const tried: (string | null)[] = [];
    const source = aSource({
      identify: there,
      tryRole: async (_reach, id) => {
        tried.push(id);
        return id === EXTERNAL_ID ? 'assumed' : 'refused';
      },
    });
    const world = fakeWorld(source, []);
    await connectRole(contextOver(world), { roleArn: ROLE });
    await connectRole(contextOver(world), { roleArn: ROLE });
    expect(tried).toEqual([EXTERNAL_ID, null, expect.stringMatching(/^[0-9a-f]{32}$/), EXTERNAL_ID, null, expect.anything()]);
    expect(tried[2]).not.toBe(tried[5]);
    expect(world.connections).toHaveLength(1);
  });

  it.each([
    [{ none: true, others: true }, /without an external id and with any other/, /Add this line.*StringEquals.*e{32}/],
    [{ none: true }, /without an external id:/, /StringEqualsIfExists/],
    [{ others: true }, /with any other external id:/, /takes any external id/],
  ])('does not enable a role that also lets in %j, and names the line', async (lets, message, nextStep) => {
    const world = fakeWorld(roleThat(lets), []);
    await expect(connectRole(contextOver(world), { roleArn: ROLE })).rejects.toMatchObject({
      code: 'CREDENTIALS_REJECTED',
      message: expect.stringMatching(message),
      nextStep: expect.stringMatching(nextStep),
    });
    expect(world.connections).toMatchObject([{ trust: { state: 'insecureTrust' } }]);
    expect(world.audit.map((event) => event.action)).toEqual(['connectionInsecureTrust']);
  });

  it('enables it when the policy was mended and it is connected once more', async () => {
    const insecure = fakeWorld(roleThat({ none: true, others: true }), []);
    await connectRole(contextOver(insecure), { roleArn: ROLE }).catch(() => undefined);
    const mended = fakeWorld(roleThat({}), insecure.connections);
    await connectRole(contextOver(mended), { roleArn: ROLE });
    expect(mended.connections).toMatchObject([{ trust: { state: 'proven' } }]);
  });

  it.each([
    ['another profile', { profile: 'other' }],
    ['another endpoint', { endpointUrl: 'http://127.0.0.1:4566' }],
  ])('is another connection by %s: what was proven there says nothing of the first', async (_what, way) => {
    const insecure = fakeWorld(roleThat({ none: true, others: true }), []);
    await connectRole(contextOver(insecure), { roleArn: ROLE, profile: 'billing' }).catch(() => undefined);
    const world = fakeWorld(roleThat({}), insecure.connections);
    const { connection } = await connectRole(contextOver(world), { roleArn: ROLE, profile: 'billing', ...way, name: 'second' });
    expect(world.connections).toMatchObject([{ trust: { state: 'insecureTrust' } }, connection]);
    await connectRole(contextOver(world), { roleArn: ROLE, profile: 'billing', ...way, name: 'second' });
    expect(world.connections).toHaveLength(2);
  });

  it('writes nothing but the refusal when the role does not open at all', async () => {
    const world = fakeWorld(aSource({ tryRole: async () => 'refused' }), []);
    await expect(connectRole(contextOver(world), { roleArn: ROLE })).rejects.toMatchObject({ code: 'ACCESS_DENIED_BY_AWS' });
    expect(world.connections).toEqual([]);
    expect(world.audit).toMatchObject([{ action: 'roleRefused', detail: { code: 'ACCESS_DENIED_BY_AWS' } }]);
  });

  it('concludes nothing when AWS cannot be asked about a wrong id', async () => {
    const tryRole = (_reach: unknown, id: string | null) =>
      id === EXTERNAL_ID ? Promise.resolve('assumed' as const) : Promise.reject(failure('SOURCE_UNREACHABLE'));
    const world = fakeWorld(aSource({ tryRole }), []);
    await expect(connectRole(contextOver(world), { roleArn: ROLE })).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' });
    expect(world.connections).toEqual([]);
  });

  it.each(['arn:aws:iam::222233334444:user/x', 'role/x', 'arn:aws:iam::22223333444:role/x', `${ROLE}"`])(
    'refuses %s, which is no role, before anybody is asked',
    async (roleArn) => {
      const world = fakeWorld(aSource({ tryRole: () => Promise.reject(failure('INTERNAL')) }), []);
      await expect(connectRole(contextOver(world), { roleArn })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    },
  );

  it('takes no external id from the caller', async () => {
    const world = fakeWorld(roleThat({}), []);
    const forged = { roleArn: ROLE, externalId: 'f'.repeat(32), credentials: { externalId: 'f'.repeat(32) } };
    const { connection } = await connectRole(contextOver(world), forged);
    expect(connection.credentials).toMatchObject({ externalId: EXTERNAL_ID });
  });
});

describe('the view that a connection reads', () => {
  const GROUP = 'arn:aws:billing::222233334444:billingview/billing-group-555566667777';

  it.each([
    [{}, 'awsBilled', null],
    [{ priceView: 'customerBilled' }, 'customerBilled', null],
    [{ billingViewArn: GROUP }, 'customerBilled', GROUP],
    [{ billingViewArn: GROUP.replace('billing-group', 'custom'), priceView: 'awsBilled' }, 'awsBilled', expect.any(String)],
    [{ billingViewArn: GROUP, priceView: 'awsBilled' }, 'INVALID_INPUT', null],
    [{ billingViewArn: 'billing-group-1' }, 'INVALID_INPUT', null],
  ] as const)('of %j is %s', async (input, priceView, billingViewArn) => {
    const world = fakeWorld(roleThat({}), []);
    const made = connectRole(contextOver(world), { roleArn: ROLE, ...input });
    if (priceView === 'INVALID_INPUT') await expect(made).rejects.toMatchObject({ code: priceView });
    else expect((await made).connection).toMatchObject({ priceView, billingViewArn });
  });

  it('makes two connections of one role', async () => {
    const world = fakeWorld(roleThat({}), []);
    await connectRole(contextOver(world), { roleArn: ROLE });
    await connectRole(contextOver(world), { roleArn: ROLE, billingViewArn: GROUP, name: 'pro forma' });
    expect(world.connections.map((connection) => connection.priceView)).toEqual(['awsBilled', 'customerBilled']);
  });
});

describe('the doctor, on a role', () => {
  const look = async (lets: Parameters<typeof roleThat>[0], state: 'proven' | 'insecureTrust') => {
    const world = fakeWorld(roleThat(lets), []);
    await connectRole(contextOver(world), { roleArn: ROLE }).catch(() => undefined);
    const [made] = world.connections;
    if (made) world.connections[0] = { ...made, trust: { state, checkedAt: '2026-11-01T00:00:00Z' } };
    const report = await doctor(contextOver(world), { detectors: [] });
    return { world, check: report.checks.find(({ what }) => what === 'trust policy'), report };
  };

  it('tries the trust policy again and says so', async () => {
    const { world, check } = await look({}, 'proven');
    expect(check).toMatchObject({ state: 'ok', finding: expect.stringContaining('Tried again just now') });
    expect(world.connections[0]?.trust).toEqual({ state: 'proven', checkedAt: '2026-11-24T05:00:00.000Z' });
  });

  it('enables what was mended, in the same look', async () => {
    const { world, report } = await look({}, 'insecureTrust');
    expect(world.connections[0]?.trust?.state).toBe('proven');
    expect(world.audit.at(-1)?.action).toBe('connectionEnabled');
    expect(report.checks.find(({ what }) => what === 'credentials')?.state).toBe('ok');
  });

  it('stops what has become open, and names the line', async () => {
    const { world, check } = await look({ none: true, others: true }, 'proven');
    expect(check).toMatchObject({ state: 'broken', nextStep: expect.stringContaining('sts:ExternalId') });
    expect(world.connections[0]?.trust?.state).toBe('insecureTrust');
  });

  it('says which view each connection reads', async () => {
    const { report } = await look({}, 'proven');
    expect(report.checks.find(({ what }) => what === 'price view')?.finding).toBe(
      "Reads the account's own view: what AWS bills (awsBilled)",
    );
  });
});

describe('the role that a customer makes', () => {
  const offer = (template: 'cloudformation' | 'terraform', arn = 'arn:aws:iam::111122223333:user/cost-pillar') => {
    const world = fakeWorld(aSource({ identify: async () => ({ accountId: '111122223333', arn }) }), []);
    return offerRole(contextOver(world), { accountId: ACCOUNT, template });
  };
  const TRUST = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:user/cost-pillar' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': EXTERNAL_ID } },
      },
    ],
  };

  it('as CloudFormation trusts us alone, with the external id, and grants the listed actions', async () => {
    const { template, roleArn } = await offer('cloudformation');
    const { Resources } = JSON.parse(template);
    const { AssumeRolePolicyDocument, Policies, Path, RoleName } = Resources.CostPillarReader.Properties;
    expect(AssumeRolePolicyDocument).toEqual(TRUST);
    expect(Policies[0].PolicyDocument.Statement).toEqual([
      { Sid: 'CostExplorer', Effect: 'Allow', Action: ['ce:GetCostAndUsage'], Resource: ['*'] },
    ]);
    expect(roleArn).toBe(`arn:aws:iam::${ACCOUNT}:role${Path}${RoleName}`);
  });

  it('as Terraform is the same', async () => {
    const { template } = await offer('terraform');
    const parsed = await parse('role.tf', template);
    const [role] = parsed.resource.aws_iam_role.cost_pillar_reader;
    expect(JSON.parse(/^\$\{jsonencode\((.*)\)\}$/s.exec(role.assume_role_policy)?.[1] ?? '')).toEqual(TRUST);
    expect(`${role.path}${role.name}`).toBe('/cost-pillar/cost-pillar-reader');
  });

  it.each([
    ['arn:aws:iam::111122223333:user/team/reader', 'arn:aws:iam::111122223333:user/team/reader'],
    ['arn:aws:sts::111122223333:assumed-role/worker/i-0abc', 'arn:aws:iam::111122223333:role/worker'],
    ['arn:aws-us-gov:sts::111122223333:assumed-role/worker/s', 'arn:aws-us-gov:iam::111122223333:role/worker'],
  ])('trusts %s as %s', (caller, principal) => {
    expect(principalOf(caller)).toBe(principal);
  });

  it.each(['arn:aws:iam::111122223333:root', 'arn:aws:sts::111122223333:federated-user/x', 'arn:aws:iam::111122223333:user/"x'])(
    'is not made for %s',
    (caller) => {
      expect(() => principalOf(caller)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    },
  );

  it('is not made for an account that is none', async () => {
    const world = fakeWorld();
    const wrong = offerRole(contextOver(world), { accountId: '12', template: 'terraform' });
    await expect(wrong).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});
