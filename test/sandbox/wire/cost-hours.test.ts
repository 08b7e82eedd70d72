import { GetCostAndUsageCommand, type GetCostAndUsageCommandInput } from '@aws-sdk/client-cost-explorer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plain, sumExact } from '../../../src/kernel/money.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { clientsOf, serveForTest } from './clients.ts';
import { SHOP, tinyEstate, usd } from './tiny-estate.ts';

const METRICS = ['UnblendedCost', 'NetAmortizedCost', 'UsageQuantity'];
const by = (...keys: string[]) => keys.map((Key) => ({ Type: 'DIMENSION' as const, Key }));

/** What each day and group comes to, by metric. */
async function sums(sandbox: Pick<Sandbox, 'url'>, input: Partial<GetCostAndUsageCommandInput>): Promise<Map<string, string>> {
  const { costExplorer } = clientsOf(sandbox);
  const found = new Map<string, string[]>();
  let NextPageToken: string | undefined;
  do {
    const answer = await costExplorer.send(
      new GetCostAndUsageCommand({
        TimePeriod: { Start: '2026-11-10', End: '2026-11-11' },
        Granularity: 'DAILY',
        Metrics: METRICS,
        GroupBy: by('LINKED_ACCOUNT', 'USAGE_TYPE'),
        ...input,
        ...(NextPageToken && { NextPageToken }),
      }),
    );
    for (const { TimePeriod, Groups = [] } of answer.ResultsByTime ?? []) {
      for (const { Keys = [], Metrics = {} } of Groups) {
        for (const [metric, { Amount = '' }] of Object.entries(Metrics)) {
          const key = [TimePeriod?.Start?.slice(0, 10), ...Keys, metric].join(' ');
          found.set(key, [...(found.get(key) ?? []), Amount]);
        }
      }
    }
    NextPageToken = answer.NextPageToken;
  } while (NextPageToken);
  return new Map([...found].map(([key, amounts]) => [key, plain(sumExact(amounts))]));
}

const HOURS = {
  Granularity: 'HOURLY' as const,
  TimePeriod: { Start: '2026-11-10T00:00:00Z', End: '2026-11-11T00:00:00Z' },
};

describe('the bill by the hour', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ seed: 3, asOf: '2026-11-14', resources: 60, groupsPerPage: 900 });
  });
  afterAll(() => sandbox.close());

  it('adds up to the day for every account, usage type and metric, to the last digit', async () => {
    const days = await sums(sandbox, {});
    expect(days.size).toBeGreaterThan(300);
    expect(await sums(sandbox, HOURS)).toEqual(days);
  });

  it('adds up to the first of a month with its fees, tax and support too', async () => {
    const first = { GroupBy: by('LINKED_ACCOUNT', 'RECORD_TYPE'), TimePeriod: { Start: '2026-11-01', End: '2026-11-02' } };
    const hours = { ...first, ...HOURS, TimePeriod: { Start: '2026-11-01T00:00:00Z', End: '2026-11-02T00:00:00Z' } };
    expect(await sums(sandbox, hours)).toEqual(await sums(sandbox, first));
  });

  it('is not flat: by day more runs than by night', async () => {
    const { costExplorer } = clientsOf(sandbox);
    const { ResultsByTime = [] } = await costExplorer.send(new GetCostAndUsageCommand({ ...HOURS, Metrics: ['UnblendedCost'] }));
    expect(ResultsByTime).toHaveLength(24);
    expect(ResultsByTime[0]?.TimePeriod).toEqual({ Start: '2026-11-10T00:00:00Z', End: '2026-11-10T01:00:00Z' });
    expect(new Set(ResultsByTime.map((hour) => hour.Total?.UnblendedCost?.Amount)).size).toBeGreaterThan(2);
  });
});

describe('the edges of hours', () => {
  const refusalOf = async (sandbox: Sandbox, input: Partial<GetCostAndUsageCommandInput>) =>
    clientsOf(sandbox)
      .costExplorer.send(new GetCostAndUsageCommand({ Metrics: ['UnblendedCost'], ...HOURS, ...input }))
      .then(
        () => 'no refusal',
        (error: Error) => `${error.name}: ${error.message}`,
      );

  it('are refused when they are no hours, too old, or not paid for', async () => {
    const sandbox = await serveForTest(tinyEstate({ asOf: '2026-11-14' }));
    const period = (Start: string, End: string) => ({ TimePeriod: { Start, End } });
    expect(await refusalOf(sandbox, period('2026-11-10', '2026-11-11'))).toMatch(/^ValidationException: Dates for hourly/);
    expect(await refusalOf(sandbox, period('2026-10-30T23:00:00Z', '2026-11-11T00:00:00Z'))).toMatch(/max supported days is 14/);
    expect(await refusalOf(sandbox, { GroupBy: [{ Type: 'TAG', Key: 'x' }] })).toMatch(/does not group hours by tag/);
    sandbox.faults.add({ kind: 'hourlyNotEnabled', times: 1 });
    expect(await refusalOf(sandbox, {})).toMatch(/^AccessDeniedException: Hourly granularity is not enabled/);
    expect(await refusalOf(sandbox, {})).toBe('no refusal');
  });

  it('say what was added to a day afterwards, as the day does', async () => {
    const sandbox = await serveForTest(tinyEstate({ asOf: '2026-11-14', lines: [{ unblendedCost: usd('1') }] }));
    sandbox.faults.add({
      kind: 'restatedDays',
      serviceName: 'Amazon Elastic Compute Cloud - Compute',
      start: '2026-11-10',
      end: '2026-11-11',
      addedCost: '0.5',
    });
    const hours = await sums(sandbox, HOURS);
    expect(hours.get(`2026-11-10 ${SHOP} APN1-BoxUsage:m5.large UnblendedCost`)).toBe('1.5');
    expect(hours).toEqual(await sums(sandbox, {}));
  });
});
