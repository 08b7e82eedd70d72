import {
  type CostExplorerServiceException,
  GetCostAndUsageCommand,
  type GetCostAndUsageCommandInput,
  GetCostAndUsageWithResourcesCommand,
} from '@aws-sdk/client-cost-explorer';
import { describe, expect, it } from 'vitest';
import { clientsOf, post, serveForTest } from './clients.ts';
import { tinyEstate } from './tiny-estate.ts';

const GOOD: GetCostAndUsageCommandInput = {
  TimePeriod: { Start: '2026-11-01', End: '2026-11-20' },
  Granularity: 'DAILY',
  Metrics: ['UnblendedCost'],
};
const dimension = (Key: string, ...Values: string[]) => ({ Dimensions: { Key: Key as 'SERVICE', Values } });
const by = (...keys: string[]) => keys.map((Key) => ({ Type: 'DIMENSION' as const, Key }));

async function refusalOf(input: Partial<GetCostAndUsageCommandInput>): Promise<string> {
  const { costExplorer } = clientsOf(await serveForTest(tinyEstate({ asOf: '2026-11-20', lines: [{}] })));
  const error = await costExplorer.send(new GetCostAndUsageCommand({ ...GOOD, ...input })).then(
    () => undefined,
    (thrown: CostExplorerServiceException) => thrown,
  );
  return `${error?.name} ${error?.$metadata.httpStatusCode}: ${error?.message}`;
}

describe('GetCostAndUsage refuses', () => {
  it.each([
    [
      'an empty period',
      { TimePeriod: { Start: '2026-11-01', End: '2026-11-01' } },
      'Start date (and hour) should be before end date (and hour)',
    ],
    [
      'a period turned round',
      { TimePeriod: { Start: '2026-11-02', End: '2026-11-01' } },
      'Start date (and hour) should be before end date (and hour)',
    ],
    [
      'days after this month',
      { TimePeriod: { Start: '2026-11-01', End: '2026-12-02' } },
      'end date past the beginning of next month',
    ],
    [
      'days before its history',
      { TimePeriod: { Start: '2025-09-30', End: '2026-11-01' } },
      "You haven't enabled historical data beyond 14 months.",
    ],
    [
      'a day that is none',
      { TimePeriod: { Start: '2026-02-30', End: '2026-11-01' } },
      'Dates must be formatted as yyyy-MM-dd; "2026-02-30" is not',
    ],
    [
      'three keys',
      { GroupBy: by('SERVICE', 'REGION', 'OPERATION') },
      'Group by clause supports at most 2 dimensions, tags or cost categories',
    ],
    ['the same key twice', { GroupBy: by('SERVICE', 'SERVICE') }, 'Group by clause contains the same group definition twice'],
    ['resources', { GroupBy: by('RESOURCE_ID') }, 'Dimension RESOURCE_ID is not allowed.'],
    ['resources in the filter', { Filter: dimension('RESOURCE_ID', 'i-1') }, 'Dimension RESOURCE_ID is not allowed.'],
    ['an unknown metric', { Metrics: ['Cost'] }, /^Metric Cost is invalid\. Valid values are AmortizedCost, /],
    ['an And of one', { Filter: { And: [dimension('SERVICE', 'x')] } }, 'And expression must have at least 2 operands'],
    ['an Or of one', { Filter: { Or: [dimension('SERVICE', 'x')] } }, 'Or expression must have at least 2 operands'],
    ['an empty filter', { Filter: {} }, /exactly one of .* found 0/],
    [
      'a filter of two roots',
      { Filter: { ...dimension('SERVICE', 'x'), Not: dimension('REGION', 'y') } },
      /exactly one of .* found 2/,
    ],
    ['a filter without values', { Filter: dimension('SERVICE') }, 'Filter values must not be empty'],
    [
      'a group that cannot be grouped by',
      { GroupBy: by('RIGHTSIZING_TYPE') },
      /^Group Definition dimension is invalid\. Valid values are AZ, /,
    ],
  ])('%s', async (_what, input, message) => {
    const [start, said] = (await refusalOf(input)).split(/: (.*)/s);
    expect(start).toBe('ValidationException 400');
    if (typeof message === 'string') expect(said).toBe(message);
    else expect(said).toMatch(message);
  });

  it('nothing at the edges of its history', async () => {
    expect(await refusalOf({ TimePeriod: { Start: '2025-10-01', End: '2026-12-01' } })).toBe('undefined undefined: undefined');
  });
});

describe('the wire refuses what no SDK would send', () => {
  it.each([
    [
      '{}',
      'ValidationException',
      "3 validation errors detected: Value null at 'timePeriod' failed to satisfy constraint: Member must not be null; Value null at 'granularity'",
    ],
    [
      '{"TimePeriod":{"Start":"2026-11-01","End":"2026-11-02"},"Granularity":"WEEKLY","Metrics":["UnblendedCost"]}',
      'ValidationException',
      "Value 'WEEKLY' at 'granularity' failed to satisfy constraint: Member must satisfy enum value set: [DAILY, MONTHLY, HOURLY]",
    ],
    [
      '{"TimePeriod":"November","Granularity":"DAILY","Metrics":["UnblendedCost"]}',
      'SerializationException',
      'expected object at timePeriod',
    ],
    ['[]', 'SerializationException', 'Start of structure or map found where not expected.'],
    ['{"TimePeriod":', 'SerializationException', 'not JSON'],
  ])('%s', async (body, type, message) => {
    const answer = await post(await serveForTest(tinyEstate()), 'AWSInsightsIndexService.GetCostAndUsage', body);
    const error = JSON.parse(answer.body);
    expect(answer.status).toBe(400);
    expect(error.__type).toBe(type);
    expect(error.Message ?? error.message).toContain(message);
  });
});

describe('GetCostAndUsageWithResources', () => {
  const lines = [{ resourceId: 'i-1' }, { resourceId: 'i-2', serviceName: 'EC2 - Other' }, { resourceId: null }];
  const ask = async (input: object) => {
    const { costExplorer } = clientsOf(await serveForTest(tinyEstate({ asOf: '2026-11-20', lines })));
    const whole = {
      ...GOOD,
      TimePeriod: { Start: '2026-11-06', End: '2026-11-20' },
      Filter: dimension('SERVICE', 'EC2 - Other'),
      ...input,
    };
    return costExplorer.send(new GetCostAndUsageWithResourcesCommand(whole));
  };

  it('tells what each resource cost in the last 14 days', async () => {
    const filter = { Not: dimension('SERVICE', 'EC2 - Other') };
    const answer = await ask({ Filter: filter, GroupBy: by('RESOURCE_ID', 'USAGE_TYPE') });
    expect(answer.ResultsByTime).toHaveLength(14);
    expect(answer.ResultsByTime?.[0]?.Groups?.map((group) => group.Keys)).toEqual([
      ['NoResourceId', 'APN1-BoxUsage:m5.large'],
      ['i-1', 'APN1-BoxUsage:m5.large'],
    ]);
  });

  it('is content when the resource is in the filter', async () => {
    const answer = await ask({ Filter: { And: [dimension('RESOURCE_ID', 'i-1'), { Not: dimension('REGION', 'x') }] } });
    expect(answer.ResultsByTime?.[0]?.Total?.UnblendedCost?.Amount).toBe('1');
  });

  it.each([
    [
      'a question that names no resource',
      { GroupBy: by('USAGE_TYPE') },
      /requires RESOURCE_ID in the filter or in the group by clause/,
    ],
    ['a tag that is called like the dimension', { GroupBy: [{ Type: 'TAG', Key: 'RESOURCE_ID' }] }, /requires RESOURCE_ID/],
    [
      'the fifteenth day',
      { TimePeriod: { Start: '2026-11-05', End: '2026-11-20' }, GroupBy: by('RESOURCE_ID') },
      /max supported days is 14/,
    ],
    [
      'matches other than exact ones',
      { Filter: { Dimensions: { Key: 'SERVICE', Values: ['EC2'], MatchOptions: ['STARTS_WITH'] } }, GroupBy: by('RESOURCE_ID') },
      /STARTS_WITH is not supported/,
    ],
  ])('refuses %s', async (_what, input, message) => {
    await expect(ask(input)).rejects.toThrow(message);
    await expect(ask(input)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('needs a filter', async () => {
    const body = JSON.stringify({ ...GOOD, GroupBy: by('RESOURCE_ID') });
    const answer = await post(await serveForTest(tinyEstate()), 'AWSInsightsIndexService.GetCostAndUsageWithResources', body);
    expect(JSON.parse(answer.body).Message).toContain("Value null at 'filter'");
  });
});
