import { GetEC2InstanceRecommendationsCommand, GetEnrollmentStatusCommand } from '@aws-sdk/client-compute-optimizer';
import { GetCostAndUsageCommand, type GetCostAndUsageCommandInput } from '@aws-sdk/client-cost-explorer';
import { DescribeServicesCommand } from '@aws-sdk/client-pricing';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/sandbox/wire/faults.ts';
import { clientsOf, serveForTest } from './clients.ts';
import { LEDGER, SHOP, tinyEstate, usd } from './tiny-estate.ts';

const INPUT: GetCostAndUsageCommandInput = {
  TimePeriod: { Start: '2026-11-01', End: '2026-11-04' },
  Granularity: 'DAILY',
  Metrics: ['UnblendedCost'],
};
const LINES = [{ serviceName: 'A' }, { serviceName: 'B', accountId: LEDGER, unblendedCost: usd('5') }];
const estate = () => tinyEstate({ lines: LINES });
const costs = new GetCostAndUsageCommand(INPUT);

async function withFault(fault: Fault, options?: Parameters<typeof clientsOf>[1]) {
  const sandbox = await serveForTest(estate(), { faults: [fault] });
  return { sandbox, ...clientsOf(sandbox, options) };
}

describe('a refusing fault', () => {
  it.each<[Fault, string, number, string | RegExp]>([
    [{ kind: 'throttling' }, 'LimitExceededException', 400, 'Rate exceeded'],
    [{ kind: 'badCredentials' }, 'UnrecognizedClientException', 400, 'The security token included in the request is invalid.'],
    [{ kind: 'expiredToken' }, 'ExpiredTokenException', 400, 'The security token included in the request is expired'],
    [
      { kind: 'accessDenied' },
      'AccessDeniedException',
      400,
      /^User: arn:aws:iam::111111111111:user\/cost-reader is not authorized to perform: ce:GetCostAndUsage on resource: /,
    ],
    [{ kind: 'costExplorerNotEnabled' }, 'AccessDeniedException', 400, 'User not enabled for cost explorer access'],
    [
      { kind: 'dataUnavailable' },
      'DataUnavailableException',
      400,
      /^Data is not available\. Please try to adjust the time period/,
    ],
    [{ kind: 'serverError' }, 'InternalFailure', 500, /internal error/],
  ])('$kind looks like AWS', async (fault, name, httpStatusCode, message) => {
    const { costExplorer, sandbox } = await withFault(fault);
    const expected = {
      name,
      $metadata: { httpStatusCode },
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    };
    await expect(costExplorer.send(costs)).rejects.toMatchObject(expected);
    expect(sandbox.requests()).toMatchObject([{ pages: 0, refused: 1, requestCost: '0.00' }]);
  });

  it('is spelt as each service spells it', async () => {
    const throttled = await withFault({ kind: 'throttling' });
    await expect(throttled.computeOptimizer.send(new GetEnrollmentStatusCommand({}))).rejects.toMatchObject({
      name: 'ThrottlingException',
    });
    await expect(throttled.pricing.send(new DescribeServicesCommand({}))).rejects.toMatchObject({ name: 'ThrottlingException' });
    const rejected = await withFault({ kind: 'badCredentials' });
    await expect(rejected.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
      $metadata: { httpStatusCode: 403 },
    });
    const expired = await withFault({ kind: 'expiredToken' });
    await expect(expired.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: expect.stringMatching(/^ExpiredToken/),
    });
  });

  it('is overcome by the retries of the SDK when it is throttling or a broken server', async () => {
    for (const kind of ['throttling', 'serverError'] as const) {
      const { costExplorer, sandbox } = await withFault({ kind, times: 2 }, { maxAttempts: 3 });
      expect((await costExplorer.send(costs)).ResultsByTime).toHaveLength(3);
      expect(sandbox.requests()).toMatchObject([{ pages: 1, refused: 2, requestCost: '0.01' }]);
    }
  });

  it('is not retried when it says that there is no data', async () => {
    const { costExplorer, sandbox } = await withFault({ kind: 'dataUnavailable', times: 1 }, { maxAttempts: 3 });
    await expect(costExplorer.send(costs)).rejects.toMatchObject({ name: 'DataUnavailableException' });
    expect(sandbox.requests()).toMatchObject([{ pages: 0, refused: 1 }]);
  });

  it('may begin late, end, and come every so often', async () => {
    const outcomes = async (fault: Fault) => {
      const { costExplorer } = await withFault(fault);
      let text = '';
      for (let n = 0; n < 6; n++)
        text += await costExplorer.send(costs).then(
          () => '+',
          () => '-',
        );
      return text;
    };
    expect(await outcomes({ kind: 'serverError', after: 2, times: 3 })).toBe('++---+');
    expect(await outcomes({ kind: 'throttling', everyNth: 3 })).toBe('++-++-');
  });

  it('meets only what it is aimed at', async () => {
    const { costExplorer, pricing, sandbox } = await withFault({ kind: 'serverError', service: 'pricing' });
    expect((await costExplorer.send(costs)).ResultsByTime).toHaveLength(3);
    await expect(pricing.send(new DescribeServicesCommand({}))).rejects.toMatchObject({ name: 'InternalErrorException' });
    sandbox.faults.clear();
    sandbox.faults.add({ kind: 'accessDenied', operation: 'GetTags' });
    expect((await costExplorer.send(costs)).ResultsByTime).toHaveLength(3);
  });

  it('invalidToken meets only a request that carries a token', async () => {
    const sandbox = await serveForTest(estate(), { groupsPerPage: 1, faults: [{ kind: 'invalidToken' }] });
    const { costExplorer } = clientsOf(sandbox);
    const grouped = { ...INPUT, GroupBy: [{ Type: 'DIMENSION' as const, Key: 'SERVICE' }] };
    const { NextPageToken } = await costExplorer.send(new GetCostAndUsageCommand(grouped));
    const second = costExplorer.send(new GetCostAndUsageCommand({ ...grouped, NextPageToken }));
    await expect(second).rejects.toMatchObject({ name: 'InvalidNextTokenException' });
  });
});

describe('optInRequired', () => {
  const ask = (accountId: string) => new GetEC2InstanceRecommendationsCommand({ accountIds: [accountId] });

  it('meets one account in one region', async () => {
    const fault: Fault = { kind: 'optInRequired', accountId: SHOP, regionId: 'us-east-1' };
    const { computeOptimizer: virginia, sandbox } = await withFault(fault, { region: 'us-east-1' });
    await expect(virginia.send(ask(SHOP))).rejects.toMatchObject({
      name: 'OptInRequiredException',
      message: 'Aws account is not registered for recommendation.',
    });
    expect((await virginia.send(ask(LEDGER))).instanceRecommendations).toEqual([]);
    expect((await clientsOf(sandbox).computeOptimizer.send(ask(SHOP))).instanceRecommendations).toEqual([]);
    expect(await virginia.send(new GetEnrollmentStatusCommand({}))).toMatchObject({
      status: 'Active',
      numberOfMemberAccountsOptedIn: 1,
    });
  });

  it('makes the enrolment inactive where it meets everybody', async () => {
    const { computeOptimizer } = await withFault({ kind: 'optInRequired' });
    expect(await computeOptimizer.send(new GetEnrollmentStatusCommand({}))).toMatchObject({
      status: 'Inactive',
      memberAccountsEnrolled: false,
    });
  });
});

describe('a fault of the connection', () => {
  it.each(['reset', 'clean'] as const)(
    'truncatedBody ends half-way (%s), costs its cent, and the next request is whole',
    async (ending) => {
      const { costExplorer, sandbox } = await withFault({ kind: 'truncatedBody', ending, times: 1 });
      await expect(costExplorer.send(costs)).rejects.toThrow();
      expect((await costExplorer.send(costs)).ResultsByTime).toHaveLength(3);
      expect(sandbox.requests()).toMatchObject([{ pages: 2, requestCost: '0.02' }]);
    },
  );

  it('slow answers late, but rightly', async () => {
    const { costExplorer } = await withFault({ kind: 'slow', delayMs: 30, times: 1 });
    expect((await costExplorer.send(costs)).ResultsByTime).toHaveLength(3);
  });
});

describe('a fault of the bill', () => {
  const amounts = async (sandbox: Awaited<ReturnType<typeof serveForTest>>, by?: string) => {
    const { costExplorer } = clientsOf(sandbox);
    const grouping = by === undefined ? {} : { GroupBy: [{ Type: 'DIMENSION' as const, Key: by }] };
    const answer = await costExplorer.send(new GetCostAndUsageCommand({ ...INPUT, ...grouping }));
    return answer.ResultsByTime?.map(({ Total, Groups }) =>
      by === undefined
        ? Total?.UnblendedCost?.Amount
        : Groups?.map(({ Keys, Metrics }) => `${Keys?.[0]} ${Metrics?.UnblendedCost?.Amount}`).join(', '),
    );
  };

  it('restatedDays changes a service on some days, in every grouping, and is gone when it is taken out', async () => {
    const sandbox = await serveForTest(estate());
    expect(await amounts(sandbox)).toEqual(['6', '6', '6']);
    const id = sandbox.faults.add({
      kind: 'restatedDays',
      serviceName: 'B',
      start: '2026-11-02',
      end: '2026-11-04',
      addedCost: '-0.0000000001',
    });
    expect(await amounts(sandbox)).toEqual(['6', '5.9999999999', '5.9999999999']);
    expect(await amounts(sandbox, 'SERVICE')).toEqual(['A 1, B 5', 'A 1, B 4.9999999999', 'A 1, B 4.9999999999']);
    expect(await amounts(sandbox, 'LINKED_ACCOUNT')).toEqual([
      `${SHOP} 1, ${LEDGER} 5`,
      `${SHOP} 1, ${LEDGER} 4.9999999999`,
      `${SHOP} 1, ${LEDGER} 4.9999999999`,
    ]);
    expect(sandbox.faults.remove(id)).toBe(true);
    expect(await amounts(sandbox)).toEqual(['6', '6', '6']);
  });

  it('vanishedGroup hides a group on some days or on all', async () => {
    const sandbox = await serveForTest(estate(), {
      faults: [{ kind: 'vanishedGroup', dimension: 'SERVICE', value: 'A', start: '2026-11-02', end: '2026-11-03' }],
    });
    expect(await amounts(sandbox, 'SERVICE')).toEqual(['A 1, B 5', 'B 5', 'A 1, B 5']);
    expect(await amounts(sandbox)).toEqual(['6', '5', '6']);
    sandbox.faults.add({ kind: 'vanishedGroup', dimension: 'LINKED_ACCOUNT', value: LEDGER });
    expect(await amounts(sandbox)).toEqual(['1', '0', '1']);
  });
});

describe('faults over HTTP', () => {
  const call = async (url: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}/_sandbox/${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it('are set, listed and cleared', async () => {
    const { url } = await serveForTest(estate());
    expect(await call(url, 'POST', 'faults', [{ kind: 'serverError' }, { kind: 'slow', delayMs: 5 }])).toEqual({
      status: 200,
      body: { ids: ['fault-1', 'fault-2'] },
    });
    await expect(clientsOf({ url }).costExplorer.send(costs)).rejects.toMatchObject({ name: 'InternalFailure' });
    expect(await call(url, 'GET', 'faults')).toMatchObject({
      body: {
        faults: [
          { id: 'fault-1', met: 1 },
          { id: 'fault-2', met: 1 },
        ],
      },
    });
    expect(await call(url, 'DELETE', 'faults')).toEqual({ status: 200, body: { faults: [] } });
    expect((await clientsOf({ url }).costExplorer.send(costs)).ResultsByTime).toHaveLength(3);
    expect(await call(url, 'GET', 'requests')).toMatchObject({
      body: { requests: [{ operation: 'GetCostAndUsage', pages: 1, refused: 1 }] },
    });
  });

  it('must exist', async () => {
    const { url } = await serveForTest(estate());
    for (const fault of [
      { kind: 'gremlins' },
      { kind: 'slow' },
      { kind: 'serverError', typo: 1 },
      { kind: 'restatedDays', serviceName: 'A', start: 'x', end: 'y', addedCost: '1e9' },
    ]) {
      expect(await call(url, 'POST', 'faults', fault)).toMatchObject({
        status: 400,
        body: { error: expect.stringMatching(/^No such fault/) },
      });
    }
    expect((await call(url, 'GET', 'nowhere')).status).toBe(404);
  });

  it('are not for web pages', async () => {
    const { url } = await serveForTest(estate());
    expect(await call(url, 'POST', 'faults', { kind: 'serverError' }, { origin: 'https://example.com' })).toMatchObject({
      status: 403,
    });
  });
});
