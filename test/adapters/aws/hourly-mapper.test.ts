import { describe, expect, it } from 'vitest';
import { HourCollector, HourTotals } from '../../../src/adapters/aws/cost-explorer/hourly-mapper.ts';
import { awsCostSource } from '../../../src/adapters/aws/index.ts';
import { openAws } from '../../../src/adapters/aws/open-aws.ts';
import { aConnection, refusal, scriptedAws } from './scripted-aws.ts';

const WINDOW = { start: '2026-11-10', end: '2026-11-12' };
const SERVICE = 'Amazon Elastic Compute Cloud - Compute';

const amount = (Amount: string, Unit = 'USD') => ({ Amount, Unit });
const metrics = (cost: string, quantity = '1') => ({
  NetUnblendedCost: amount(cost),
  NetAmortizedCost: amount(cost),
  UsageQuantity: amount(quantity, 'Hrs'),
});
const group = (usageType: string, cost: string, account = '111122223333') => ({
  Keys: [account, usageType],
  Metrics: metrics(cost),
});
const hour = (start: string, end: string, groups: unknown[], total: unknown = {}) => ({
  TimePeriod: { Start: `${start}:00:00Z`, End: `${end}:00:00Z` },
  Groups: groups,
  Total: total,
});

function collected(...ResultsByTime: ReturnType<typeof hour>[]): HourCollector {
  const collector = new HourCollector(SERVICE, WINDOW);
  collector.add({ ResultsByTime });
  return collector;
}

describe('hours of Cost Explorer', () => {
  it('become one row a day, account and usage type, with zero where nothing ran', () => {
    const { usage, quarantined } = collected(
      hour('2026-11-10T00', '2026-11-10T01', [group('APN1-BoxUsage:m5.large', '0.124')]),
      hour('2026-11-10T23', '2026-11-11T00', [group('APN1-BoxUsage:m5.large', '0.062')]),
    );
    expect(quarantined).toEqual([]);
    expect(usage).toHaveLength(1);
    const [day] = usage;
    expect(day).toMatchObject({ day: '2026-11-10', accountId: '111122223333', usageUnit: 'Hrs', currency: 'USD' });
    expect(day?.billedCost).toEqual(['0.124', ...new Array(22).fill('0'), '0.062']);
    expect(day?.usageQuantity.filter((quantity) => quantity === '1')).toHaveLength(2);
  });

  it('of usage that nobody can commit to are added up for the control and not kept', () => {
    const { usage, lines } = collected(
      hour('2026-11-10T05', '2026-11-10T06', [group('APN1-SpotUsage:m5.large', '0.5'), group('APN1-BoxUsage:c5.large', '0.25')]),
    );
    expect(usage.map((day) => day.usageType)).toEqual(['APN1-BoxUsage:c5.large']);
    expect(lines.get('2026-11-10')?.toFixed()).toBe('0.75');
  });

  it.each([
    ['a day', hour('2026-11-10T00', '2026-11-11T00', [group('BoxUsage:m5.large', '1')]), /not one hour/],
    ['an hour outside', hour('2026-11-12T00', '2026-11-12T01', [group('BoxUsage:m5.large', '1')]), /outside the window/],
    ['an account that is none', hour('2026-11-10T00', '2026-11-10T01', [group('BoxUsage:m5.large', '1', 'x')]), /12 digits/],
    ['an amount that is none', hour('2026-11-10T00', '2026-11-10T01', [group('BoxUsage:m5.large', 'NaN')]), /decimal/],
    ['hostile text', hour('2026-11-10T00', '2026-11-10T01', [group('BoxUsage:\u0000', '1')]), /control characters/],
  ])('of %s are set aside with the reason', (_what, row, reason) => {
    const { usage, quarantined } = collected(row);
    expect(usage).toEqual([]);
    expect(quarantined).toMatchObject([{ reason: expect.stringMatching(reason) }]);
  });

  it('that come twice end the pull', () => {
    const row = hour('2026-11-10T00', '2026-11-10T01', [group('BoxUsage:m5.large', '1')]);
    expect(() => collected(row, row)).toThrow(/same hour/);
  });

  it('are held against the totals of the same hours, day by day', () => {
    const totals = new HourTotals(WINDOW);
    totals.add({
      ResultsByTime: [
        hour('2026-11-10T00', '2026-11-10T01', [], metrics('0.124')),
        hour('2026-11-10T01', '2026-11-10T02', [], metrics('0.1')),
        hour('2026-11-10T02', '2026-11-10T03', [], {}),
      ],
    });
    const { lines } = collected(hour('2026-11-10T00', '2026-11-10T01', [group('BoxUsage:m5.large', '0.124')]));
    expect(totals.controlsOf(lines)).toEqual([{ day: '2026-11-10', currency: 'USD', lines: '0.124', total: '0.224' }]);
  });
});

describe('asking for hours', () => {
  const ask = (url: string) =>
    awsCostSource(openAws({ maxAttempts: 1 })).pullHourlyUsage(
      aConnection(url),
      { serviceName: SERVICE, window: WINDOW },
      { pageBought: async () => {} },
    );

  it('asks one service and usage alone, by instants, and its totals beside it', async () => {
    await using aws = await scriptedAws(() => ({ json: { ResultsByTime: [] } }));
    expect(await ask(aws.url)).toEqual({ usage: [], controls: [], quarantined: [] });
    expect(aws.requests.map(({ body }) => [body.Granularity, body.GroupBy?.length ?? 0])).toEqual([
      ['HOURLY', 2],
      ['HOURLY', 0],
    ]);
    expect(aws.requests[0]?.body).toMatchObject({
      TimePeriod: { Start: '2026-11-10T00:00:00Z', End: '2026-11-12T00:00:00Z' },
      Filter: { And: [{ Dimensions: { Values: [SERVICE] } }, { Dimensions: { Key: 'RECORD_TYPE', Values: ['Usage'] } }] },
    });
  });

  it('says how to switch hours on, and what that costs, where they are off', async () => {
    const said = 'Hourly granularity is not enabled for this account';
    for (const name of ['AccessDeniedException', 'ValidationException']) {
      await using aws = await scriptedAws(() => refusal(name, said));
      await expect(ask(aws.url)).rejects.toMatchObject({
        code: 'NOT_ENROLLED',
        nextStep: expect.stringMatching(/Switch on hourly granularity.*1,000 usage records/),
      });
    }
  });
});
