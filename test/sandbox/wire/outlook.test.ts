import {
  GetAnomaliesCommand,
  GetAnomalyMonitorsCommand,
  GetAnomalySubscriptionsCommand,
  GetCostAndUsageComparisonsCommand,
  GetCostComparisonDriversCommand,
  GetCostForecastCommand,
} from '@aws-sdk/client-cost-explorer';
import { describe, expect, it } from 'vitest';
import { plain, sumExact } from '../../../src/kernel/money.ts';
import { clientsOf, serveForTest } from './clients.ts';
import { LEDGER, SHOP, tinyEstate, usd } from './tiny-estate.ts';

const RDS = 'Amazon Relational Database Service';
const steady = tinyEstate({
  asOf: '2026-11-20',
  lines: [{ unblendedCost: usd('10') }, { accountId: LEDGER, serviceName: RDS, unblendedCost: usd('5'), from: '2026-10-11' }],
});
const refusalOf = (asking: Promise<unknown>) =>
  asking.then(() => 'no refusal').catch((error: Error) => `${error.name}: ${error.message}`);

describe('a forecast of the sandbox', () => {
  const ask = (Start: string, End: string, Granularity: 'DAILY' | 'MONTHLY' = 'MONTHLY', PredictionIntervalLevel = 80) =>
    new GetCostForecastCommand({
      TimePeriod: { Start, End },
      Metric: 'NET_UNBLENDED_COST',
      Granularity,
      PredictionIntervalLevel,
    });

  it('goes on along the line of the last days, the same at once and day by day, and wider the surer it has to be', async () => {
    const { costExplorer } = clientsOf(await serveForTest(steady));
    const month = await costExplorer.send(ask('2026-11-20', '2026-12-01'));
    const days = await costExplorer.send(ask('2026-11-20', '2026-12-01', 'DAILY'));
    const mean = sumExact(days.ForecastResultsByTime?.map((day) => day.MeanValue ?? '') ?? []);
    expect(
      mean
        .minus(month.Total?.Amount ?? 0)
        .abs()
        .lt('0.0001'),
    ).toBe(true);
    expect(Number(month.Total?.Amount)).toBeGreaterThan(10 * 11);
    const width = async (level: number) => {
      const { ForecastResultsByTime: [only] = [] } = await costExplorer.send(ask('2026-11-20', '2026-12-01', 'MONTHLY', level));
      return Number(only?.PredictionIntervalUpperBound) - Number(only?.MeanValue);
    };
    expect(await width(95)).toBeGreaterThan(await width(80));
  });

  it('is refused for the past, for too far a future, and where there is no billing cycle yet', async () => {
    const { costExplorer } = clientsOf(await serveForTest(steady));
    expect(await refusalOf(costExplorer.send(ask('2026-11-19', '2026-12-01')))).toMatch(/^ValidationException: Start Date/);
    expect(await refusalOf(costExplorer.send(ask('2026-11-20', '2027-06-01', 'DAILY')))).toMatch(/too far in the future/);
    const young = await serveForTest(tinyEstate({ asOf: '2026-11-20', lines: [{ from: '2026-10-25' }] }));
    expect(await refusalOf(clientsOf(young).costExplorer.send(ask('2026-11-20', '2026-12-01')))).toMatch(
      /^DataUnavailableException/,
    );
  });
});

describe('an anomaly of the sandbox', () => {
  const ask = (StartDate: string, EndDate: string) => new GetAnomaliesCommand({ DateInterval: { StartDate, EndDate } });

  it('is a jump of a service, with the account and usage type behind it, told by its last day', async () => {
    const sandbox = await serveForTest(steady);
    const { costExplorer } = clientsOf(sandbox);
    expect((await costExplorer.send(ask('2026-09-01', '2026-11-20'))).Anomalies).toEqual([]);
    sandbox.faults.add({
      kind: 'restatedDays',
      serviceName: RDS,
      start: '2026-11-10',
      end: '2026-11-12',
      addedCost: '100',
    });
    const { Anomalies } = await costExplorer.send(ask('2026-11-11', '2026-11-11'));
    expect(Anomalies).toMatchObject([
      {
        AnomalyStartDate: '2026-11-10T00:00:00Z',
        AnomalyEndDate: '2026-11-11T00:00:00Z',
        DimensionValue: RDS,
        RootCauses: [{ LinkedAccount: LEDGER, Impact: { Contribution: 200 } }],
        Impact: { TotalActualSpend: 210, TotalExpectedSpend: 10, TotalImpact: 200, MaxImpact: 100 },
      },
    ]);
    expect((await costExplorer.send(ask('2026-11-12', '2026-11-20'))).Anomalies).toEqual([]);
  });

  it('is watched for by one monitor, which somebody is told of', async () => {
    const { costExplorer } = clientsOf(await serveForTest(steady));
    const { AnomalyMonitors: [monitor] = [] } = await costExplorer.send(new GetAnomalyMonitorsCommand({}));
    const { AnomalySubscriptions: [told] = [] } = await costExplorer.send(new GetAnomalySubscriptionsCommand({}));
    expect(told?.MonitorArnList).toEqual([monitor?.MonitorArn]);
  });
});

describe('two months of the sandbox side by side', () => {
  const months = {
    BaselineTimePeriod: { Start: '2026-09-01', End: '2026-10-01' },
    ComparisonTimePeriod: { Start: '2026-10-01', End: '2026-11-01' },
    MetricForComparison: 'NetUnblendedCost',
  };

  it('differ by what the drivers say, page by page, and by account too', async () => {
    const { costExplorer } = clientsOf(await serveForTest(steady));
    const total = await costExplorer.send(
      new GetCostAndUsageComparisonsCommand({ ...months, GroupBy: [{ Type: 'DIMENSION', Key: 'LINKED_ACCOUNT' }] }),
    );
    // 31 days of 10 after 30 of them, and 21 days of 5.
    expect(total.TotalCostAndUsage?.NetUnblendedCost).toMatchObject({ BaselineTimePeriodAmount: '300', Difference: '115' });
    expect(total.CostAndUsageComparisons).toMatchObject([
      { CostAndUsageSelector: { Dimensions: { Values: [LEDGER] } } },
      { CostAndUsageSelector: { Dimensions: { Values: [SHOP] } } },
    ]);
    const differences: string[] = [];
    let NextPageToken: string | undefined;
    do {
      const page = await costExplorer.send(new GetCostComparisonDriversCommand({ ...months, MaxResults: 1, NextPageToken }));
      for (const { CostDrivers = [] } of page.CostComparisonDrivers ?? [])
        for (const { Metrics } of CostDrivers) differences.push(Metrics?.NetUnblendedCost?.Difference ?? '');
      NextPageToken = page.NextPageToken;
    } while (NextPageToken);
    expect(differences).toEqual(['105', '10']);
    expect(plain(sumExact(differences))).toBe('115');
  });

  it('must be whole months that are over', async () => {
    const { costExplorer } = clientsOf(await serveForTest(steady));
    const ask = (Start: string, End: string) =>
      refusalOf(costExplorer.send(new GetCostComparisonDriversCommand({ ...months, ComparisonTimePeriod: { Start, End } })));
    expect(await ask('2026-10-01', '2026-10-31')).toMatch(/duration of exactly one month/);
    expect(await ask('2026-11-01', '2026-12-01')).toMatch(/a month that is over/);
  });
});
