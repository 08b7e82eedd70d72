import { GetEnrollmentStatusCommand } from '@aws-sdk/client-compute-optimizer';
import { GetCostAndUsageCommand } from '@aws-sdk/client-cost-explorer';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { clientsOf, post, serveForTest } from './clients.ts';
import { LEDGER, PAYER, SHOP, tinyEstate, usd } from './tiny-estate.ts';

const TARGET = 'AWSInsightsIndexService.GetCostAndUsage';
const signed = (scope: string, signature = 'a'.repeat(64)) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=${signature}`,
});

describe('the front door', () => {
  it.each<[string, Record<string, string>, string]>([
    ['no Authorization header', {}, 'MissingAuthenticationTokenException'],
    ['another scheme', { authorization: 'Bearer abc' }, 'IncompleteSignatureException'],
    ['a scope that is cut off', signed('AKIA/20261120/us-east-1/ce'), 'IncompleteSignatureException'],
    ['a signature that is cut off', signed('AKIA/20261120/us-east-1/ce/aws4_request', 'abc'), 'IncompleteSignatureException'],
    ["another service's scope", signed('AKIA/20261120/us-east-1/pricing/aws4_request'), 'InvalidSignatureException'],
  ])('refuses %s', async (_what, headers, type) => {
    const answer = await post(await serveForTest(tinyEstate()), TARGET, '{}', headers);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({ __type: type, message: expect.any(String) });
  });

  it.each(['us-east-1', 'ap-northeast-1', 'eu-west-3'])('accepts a signature for %s', async (region) => {
    const { costExplorer } = clientsOf(await serveForTest(tinyEstate()), { region });
    const TimePeriod = { Start: '2026-11-01', End: '2026-11-02' };
    const answer = await costExplorer.send(
      new GetCostAndUsageCommand({ TimePeriod, Granularity: 'DAILY', Metrics: ['UnblendedCost'] }),
    );
    expect(answer.ResultsByTime).toHaveLength(1);
  });

  it('answers with the headers and the content type of the service', async () => {
    const answer = await post(await serveForTest(tinyEstate()), TARGET, '{}');
    expect(answer.headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(answer.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(answer.body)).toHaveProperty('Message');
  });

  it('says which operation it does not speak', async () => {
    const answer = await post(await serveForTest(tinyEstate()), 'AWSInsightsIndexService.GetUsageForecast', '{}');
    expect(JSON.parse(answer.body)).toEqual({
      __type: 'UnknownOperationException',
      message: 'The sandbox does not speak GetUsageForecast',
    });
  });

  it('knows no other service and no other path', async () => {
    const sandbox = await serveForTest(tinyEstate());
    expect((await post(sandbox, 'AmazonEC2.DescribeInstances', '{}')).status).toBe(404);
    expect((await fetch(`${sandbox.url}/elsewhere`, { method: 'POST', headers: { 'x-amz-target': TARGET } })).status).toBe(404);
    expect((await fetch(sandbox.url)).status).toBe(404);
  });

  it('refuses a body that is too large', async () => {
    const answer = await post(await serveForTest(tinyEstate()), TARGET, JSON.stringify({ x: 'x'.repeat(1_100_000) }));
    expect(answer.status).toBe(413);
  });

  it('says in one sentence that a port is taken', async () => {
    const { url } = await serveForTest(tinyEstate());
    const again = serveForTest(tinyEstate(), { port: Number(new URL(url).port) });
    await expect(again).rejects.toMatchObject({ code: 'PORT_IN_USE' });
  });
});

describe('STS', () => {
  const ROLE = `arn:aws:iam::${SHOP}:role/billing/cost-pillar`;
  const roles = [{ roleArn: ROLE, externalId: 'right' }];
  const assume = (ExternalId?: string, RoleArn = ROLE) =>
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'cost-pillar', ...(ExternalId !== undefined && { ExternalId }) });

  it('says who is calling', async () => {
    const { sts } = clientsOf(await serveForTest(tinyEstate()));
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: PAYER,
      Arn: `arn:aws:iam::${PAYER}:user/cost-reader`,
      UserId: expect.any(String),
    });
  });

  it.each([
    ['without an external id', undefined, ROLE],
    ['with a wrong one', 'wrong', ROLE],
    ['for a role that nobody trusts', 'right', `arn:aws:iam::${LEDGER}:role/cost-pillar`],
  ])('assumes no role %s', async (_how, externalId, roleArn) => {
    const { sts } = clientsOf(await serveForTest(tinyEstate(), { roles }));
    await expect(sts.send(assume(externalId, roleArn))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:iam::${PAYER}:user/cost-reader is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('lets an assumed role see its own account and nothing else', async () => {
    const lines = [
      { accountId: SHOP, unblendedCost: usd('2') },
      { accountId: LEDGER, unblendedCost: usd('5') },
    ];
    const sandbox = await serveForTest(tinyEstate({ lines }), { roles });
    const { Credentials: given } = await clientsOf(sandbox).sts.send(assume('right'));
    const credentials = { accessKeyId: given?.AccessKeyId ?? '', secretAccessKey: given?.SecretAccessKey ?? '' };
    const { sts, costExplorer, computeOptimizer } = clientsOf(sandbox, { credentials });
    expect((await sts.send(new GetCallerIdentityCommand({}))).Arn).toBe(
      `arn:aws:sts::${SHOP}:assumed-role/cost-pillar/cost-pillar`,
    );
    const answer = await costExplorer.send(
      new GetCostAndUsageCommand({
        TimePeriod: { Start: '2026-11-01', End: '2026-11-02' },
        Granularity: 'DAILY',
        Metrics: ['UnblendedCost'],
      }),
    );
    expect(answer.ResultsByTime?.[0]?.Total?.UnblendedCost?.Amount).toBe('2');
    expect((await computeOptimizer.send(new GetEnrollmentStatusCommand({}))).status).toBe('Active');
  });

  it('knows no other action', async () => {
    const { url } = await serveForTest(tinyEstate());
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      ...signed('AKIA/20261120/us-east-1/sts/aws4_request'),
    };
    const answer = await fetch(url, { method: 'POST', body: 'Action=GetSessionToken&Version=2011-06-15', headers });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('<Code>InvalidAction</Code>');
  });
});
