import { describe, expect, it } from 'vitest';
import { awsCostSource } from '../../../src/adapters/aws/index.ts';
import { openAws } from '../../../src/adapters/aws/open-aws.ts';
import { fixture } from './fixture.ts';
import { aConnection, PAYER, refusal, type Script, scriptedAws } from './scripted-aws.ts';

const MEMBER = '444455556666';
const ACTIVE = { json: { status: 'Active', memberAccountsEnrolled: true } };
const bought: string[] = [];
const options = {
  pageBought: async (cost: string) => {
    bought.push(cost);
  },
};

async function pulled(script: Script, question: { accountIds?: string[]; regionIds?: string[] } = {}) {
  await using aws = await scriptedAws((request, count) =>
    request.operation === 'GetEnrollmentStatus' ? ACTIVE : script(request, count),
  );
  const answer = await awsCostSource(openAws({ maxAttempts: 1 })).pullComputeOptimizer(
    aConnection(aws.url),
    { accountIds: [PAYER], regionIds: ['ap-northeast-1'], asOf: '2026-11-24', ...question },
    options,
  );
  return { ...answer, requests: aws.requests };
}

describe('asking Compute Optimizer', () => {
  it('speaks JSON 1.0 and asks the eight kinds of every account and region', async () => {
    const { requests, coverage } = await pulled(() => ({ json: {} }), {
      accountIds: [PAYER, MEMBER],
      regionIds: ['ap-northeast-1', 'us-east-1'],
    });
    const kinds = requests.filter((request) => request.operation !== 'GetEnrollmentStatus');
    expect(kinds).toHaveLength(32);
    expect(new Set(requests.map((request) => request.contentType))).toEqual(new Set(['application/x-amz-json-1.0']));
    expect(kinds.filter(({ body }) => body.accountIds?.[0] === MEMBER)).toHaveLength(16);
    expect(kinds.filter(({ body }) => body.accountIds === undefined)).toHaveLength(16);
    expect(coverage.map(({ accountId, regionId, state }) => [accountId, regionId, state])).toEqual([
      [PAYER, 'ap-northeast-1', 'covered'],
      [PAYER, 'us-east-1', 'covered'],
      [MEMBER, 'ap-northeast-1', 'covered'],
      [MEMBER, 'us-east-1', 'covered'],
    ]);
    expect(new Set(bought)).toEqual(new Set(['0']));
  });

  it('follows its own page tokens and keeps what could not be analysed', async () => {
    const [first, second] = fixture('compute-optimizer-ec2.json').instanceRecommendations;
    const { recommendations, resources, coverage } = await pulled(({ operation, body }) => {
      if (operation !== 'GetEC2InstanceRecommendations') return { json: {} };
      if (!body.nextToken) return { json: { instanceRecommendations: [], nextToken: 'page-1' } };
      return { json: { instanceRecommendations: [first, second], errors: fixture('compute-optimizer-ec2.json').errors } };
    });
    expect(recommendations.map((item) => item.resourceId)).toEqual(['i-0aaaaaaaaaaaaaaa1']);
    expect(recommendations[0]?.refreshedOn).toBe('2026-11-22');
    expect(resources).toHaveLength(1);
    expect(coverage[0]).toMatchObject({
      state: 'covered',
      detail: expect.stringMatching(/InsufficientData.*1 of its answers could not be read/),
    });
  });

  it('reads every kind of a real answer', async () => {
    const others = fixture('compute-optimizer-others.json');
    const { recommendations } = await pulled(({ operation }) => {
      if (operation === 'GetEBSVolumeRecommendations') return { json: { volumeRecommendations: others.volumeRecommendations } };
      if (operation === 'GetRDSDatabaseRecommendations') return { json: { rdsDBRecommendations: others.rdsDBRecommendations } };
      if (operation === 'GetLambdaFunctionRecommendations')
        return { json: { lambdaFunctionRecommendations: others.lambdaFunctionRecommendations } };
      if (operation === 'GetIdleRecommendations') return { json: { idleRecommendations: others.idleRecommendations } };
      if (operation === 'GetAutoScalingGroupRecommendations')
        return { json: { autoScalingGroupRecommendations: others.autoScalingGroupRecommendations } };
      if (operation === 'GetECSServiceRecommendations')
        return { json: { ecsServiceRecommendations: others.ecsServiceRecommendations } };
      if (operation === 'GetLicenseRecommendations') return { json: { licenseRecommendations: others.licenseRecommendations } };
      return { json: { instanceRecommendations: [] } };
    });
    expect(recommendations.map((item) => item.kind)).toEqual([
      'autoScalingGroup',
      'ebsVolume',
      'rdsInstance',
      'rdsStorage',
      'rdsInstance',
      'rdsStorage',
      'lambdaFunction',
      'ecsService',
      'license',
      'license',
      'idle',
      'idle',
    ]);
  });
});

describe('what Compute Optimizer does not tell', () => {
  it('is a gap of one account, not a failure of the others', async () => {
    const { coverage } = await pulled(({ body }) => (body.accountIds ? refusal('OptInRequiredException') : { json: {} }), {
      accountIds: [PAYER, MEMBER],
    });
    expect(coverage).toMatchObject([
      { accountId: PAYER, state: 'covered', detail: null },
      { accountId: MEMBER, state: 'notEnrolled', detail: expect.stringMatching(/Opt in to Compute Optimizer/) },
    ]);
  });

  it('names the permission of the one kind that is refused and keeps the other kinds', async () => {
    const others = fixture('compute-optimizer-others.json');
    const { coverage, recommendations } = await pulled(({ operation }) => {
      if (operation === 'GetIdleRecommendations') return refusal('AccessDeniedException');
      return { json: operation === 'GetEBSVolumeRecommendations' ? { volumeRecommendations: others.volumeRecommendations } : {} };
    });
    expect(recommendations).toHaveLength(1);
    expect(coverage[0]).toMatchObject({
      state: 'accessDenied',
      detail: expect.stringMatching(/allow compute-optimizer:GetIdleRecommendations/),
    });
  });

  it('is written down when the answer names the account in its errors', async () => {
    const { coverage } = await pulled(() => ({
      json: { errors: [{ identifier: PAYER, code: 'OPT_IN_REQUIRED', message: 'x' }] },
    }));
    expect(coverage[0]?.state).toBe('notEnrolled');
  });

  it('is known before asking when the account itself is not enrolled', async () => {
    await using aws = await scriptedAws(() => ({ json: { status: 'Inactive' } }));
    const { coverage } = await awsCostSource(openAws()).pullComputeOptimizer(
      aConnection(aws.url),
      { accountIds: [PAYER], regionIds: ['us-east-1'], asOf: '2026-11-24' },
      options,
    );
    expect(coverage[0]).toMatchObject({ state: 'notEnrolled', detail: expect.stringMatching(/status Inactive/) });
    expect(aws.requests).toHaveLength(1);
  });

  it('fails the pull when nobody answers at all, so that nothing old is replaced', async () => {
    await expect(pulled(() => refusal('UnrecognizedClientException'))).rejects.toMatchObject({ code: 'CREDENTIALS_REJECTED' });
    await expect(pulled(() => refusal('ThrottlingException'))).rejects.toMatchObject({ code: 'SOURCE_THROTTLED' });
  });
});
