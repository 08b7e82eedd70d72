import { type Expression, GetCostAndUsageCommand } from '@aws-sdk/client-cost-explorer';
import { describe, expect, it } from 'vitest';
import { clientsOf, serveForTest } from './clients.ts';
import { LEDGER, SHOP, tinyEstate, usd } from './tiny-estate.ts';

/** Each line costs another power of two, so that a sum tells which lines are in it. */
const LINES = [
  {
    accountId: SHOP,
    serviceName: 'EC2 - Other',
    usageType: 'APN1-EBS:VolumeUsage.gp2',
    resourceId: 'vol-1',
    unblendedCost: usd('1'),
  },
  { accountId: SHOP, serviceName: 'Amazon Simple Storage Service', resourceId: 'bucket', unblendedCost: usd('2') },
  {
    accountId: LEDGER,
    serviceName: 'EC2 - Other',
    usageType: 'EBS:VolumeUsage.gp3',
    regionId: 'us-east-1',
    resourceId: 'vol-2',
    unblendedCost: usd('4'),
  },
  {
    accountId: LEDGER,
    serviceName: 'Tax',
    usageType: '',
    operation: '',
    regionId: '',
    recordType: 'Tax',
    unblendedCost: usd('8'),
  },
];
const RESOURCES = [
  { accountId: SHOP, resourceId: 'vol-1', tags: { env: 'Prod' } },
  { accountId: SHOP, resourceId: 'bucket', tags: { env: 'dev' } },
  { accountId: LEDGER, resourceId: 'vol-1', tags: { env: 'of another account' } },
];

async function sumOf(Filter: Expression): Promise<string | undefined> {
  const { costExplorer } = clientsOf(await serveForTest(tinyEstate({ lines: LINES, resources: RESOURCES })));
  const TimePeriod = { Start: '2026-11-01', End: '2026-11-02' };
  const answer = await costExplorer.send(
    new GetCostAndUsageCommand({ TimePeriod, Granularity: 'DAILY', Metrics: ['UnblendedCost'], Filter }),
  );
  return answer.ResultsByTime?.[0]?.Total?.UnblendedCost?.Amount;
}

type Key = NonNullable<Expression['Dimensions']>['Key'];
type MatchOptions = NonNullable<Expression['Dimensions']>['MatchOptions'];
const where = (Key: Key, Values: string[], ...options: NonNullable<MatchOptions>): Expression => ({
  Dimensions: { Key, Values, ...(options.length > 0 && { MatchOptions: options }) },
});
const tag = (Values: string[], ...options: NonNullable<MatchOptions>): Expression => ({
  Tags: { Key: 'env', Values, ...(options.length > 0 && { MatchOptions: options }) },
});

describe('a filter', () => {
  it.each<[string, Expression, string]>([
    ['of one value', where('SERVICE', ['EC2 - Other']), '5'],
    ['of several values', where('SERVICE', ['EC2 - Other', 'Tax']), '13'],
    ['of a value that nothing has', where('SERVICE', ['Nothing']), '0'],
    ['is told apart by case', where('SERVICE', ['ec2 - other']), '0'],
    ['need not be told apart by case', where('SERVICE', ['ec2 - other'], 'EQUALS', 'CASE_INSENSITIVE'), '5'],
    ['by beginning', where('USAGE_TYPE', ['APN1-'], 'STARTS_WITH'), '3'],
    ['by ending', where('USAGE_TYPE', ['.gp2', '.gp3'], 'ENDS_WITH'), '5'],
    ['by part', where('USAGE_TYPE', ['VolumeUsage'], 'CONTAINS'), '5'],
    ['of the account', where('LINKED_ACCOUNT', [LEDGER]), '12'],
    ["of the account's name", where('LINKED_ACCOUNT_NAME', ['Ledger']), '12'],
    ['of lines without a region', where('REGION', ['NoRegion']), '8'],
    ['And', { And: [where('SERVICE', ['EC2 - Other']), where('REGION', ['us-east-1'])] }, '4'],
    ['Or', { Or: [where('SERVICE', ['Tax']), where('REGION', ['us-east-1'])] }, '12'],
    ['Not', { Not: where('RECORD_TYPE', ['Tax', 'Credit']) }, '7'],
    [
      'nested',
      { And: [{ Not: { Or: [where('SERVICE', ['Tax']), where('REGION', ['us-east-1'])] } }, where('SERVICE', ['EC2 - Other'])] },
      '1',
    ],
    ['of a tag, in the account of the resource', tag(['Prod']), '1'],
    ['of a tag, whatever its case', tag(['prod', 'DEV'], 'CASE_INSENSITIVE'), '3'],
    ['of lines without a tag', tag([], 'ABSENT'), '12'],
    ['of lines whose tag is empty', tag(['']), '12'],
    ['of a cost category, since there is none', { CostCategories: { Key: 'Team', Values: ['x'] } }, '0'],
    ['of no cost category', { CostCategories: { Key: 'Team', MatchOptions: ['ABSENT'] } }, '15'],
  ])('%s', async (_what, filter, sum) => {
    expect(await sumOf(filter)).toBe(sum);
  });
});
