import { z } from 'zod';
import { isDay } from '../../../kernel/calendar.ts';
import { invalid } from '../refusal.ts';
import { tokenPage } from '../token-list.ts';
import { readInput } from '../validate.ts';
import type { Operation, World } from '../world.ts';
import { type Anomaly, findAnomalies } from './anomalies.ts';
import { monitorArnOf } from './get-anomaly-monitors.ts';

const schema = z.object({
  MonitorArn: z.string().optional(),
  DateInterval: z.object({ StartDate: z.string(), EndDate: z.string().optional() }),
  NextPageToken: z.string().optional(),
  MaxResults: z.int().min(1).max(100).default(100),
});

/** The anomalies whose last day lies in the interval. Impacts are doubles, as AWS sends them. */
export const getAnomalies: Operation = async (given, caller, world) => {
  const input = readInput(schema, given);
  const { StartDate: start, EndDate: end = '9999-12-31' } = input.DateInterval;
  for (const day of [start, end]) if (!isDay(day)) throw invalid(`"${day.slice(0, 40)}" is not a date`);
  const isAsked = input.MonitorArn === undefined || input.MonitorArn === monitorArnOf(world);
  const found = isAsked ? await findAnomalies(world, caller) : [];
  const wanted = found
    .filter((anomaly) => anomaly.end >= start && anomaly.end <= end)
    .sort((a, b) => (a.start < b.start ? -1 : 1));
  const request = { operation: 'GetAnomalies', input, token: input.NextPageToken, pageSize: input.MaxResults };
  const { page, nextToken } = tokenPage(wanted, request, caller, world);
  return { Anomalies: page.map((anomaly) => written(anomaly, world)), ...(nextToken && { NextPageToken: nextToken }) };
};

function written(anomaly: Anomaly, world: World): object {
  const impact = anomaly.actual - anomaly.expected;
  const names = new Map(world.estate.accounts.map(({ accountId, accountName }) => [accountId, accountName]));
  return {
    AnomalyId: anomaly.id,
    AnomalyStartDate: `${anomaly.start}T00:00:00Z`,
    AnomalyEndDate: `${anomaly.end}T00:00:00Z`,
    DimensionValue: anomaly.serviceName,
    RootCauses: anomaly.rootCauses.map(({ accountId, regionId, usageType, impact: contribution }) => ({
      Service: anomaly.serviceName,
      Region: regionId,
      LinkedAccount: accountId,
      LinkedAccountName: names.get(accountId) ?? accountId,
      UsageType: usageType,
      Impact: { Contribution: contribution },
    })),
    AnomalyScore: { MaxScore: 1 - anomaly.expected / anomaly.actual, CurrentScore: 1 - anomaly.expected / anomaly.actual },
    Impact: {
      MaxImpact: anomaly.highestDay,
      TotalImpact: impact,
      TotalActualSpend: anomaly.actual,
      TotalExpectedSpend: anomaly.expected,
      ...(anomaly.expected > 0 && { TotalImpactPercentage: (impact / anomaly.expected) * 100 }),
    },
    MonitorArn: monitorArnOf(world),
  };
}
