import { z } from 'zod';
import { addDays, type Day, isDay, type Period } from '../../../kernel/calendar.ts';
import { type DecimalString, exact, plain } from '../../../kernel/money.ts';
import { oneLine } from '../../../kernel/text.ts';
import type { AnomalyMonitor, CostAnomaly } from '../../../ledger/anomaly.ts';
import type { Fact } from '../../../ledger/fact.ts';
import type { Connection } from '../../../operations/ports/connections.ts';
import type { AnomalyPull, CostSource, PullOptions } from '../../../operations/ports/cost-source.ts';
import type { Aws } from '../request.ts';
import { askAll, type CostList } from './ask.ts';

const Cause = z.object({
  Service: z.string().nullish(),
  Region: z.string().nullish(),
  LinkedAccount: z.string().nullish(),
  UsageType: z.string().nullish(),
  Impact: z.object({ Contribution: z.number() }).nullish(),
});
export const Anomaly = z.object({
  AnomalyId: z.string().min(1).max(1024),
  AnomalyStartDate: z.string().nullish(),
  AnomalyEndDate: z.string().nullish(),
  DimensionValue: z.string().nullish(),
  RootCauses: z.array(Cause).nullish(),
  Impact: z.object({
    MaxImpact: z.number(),
    TotalImpact: z.number().nullish(),
    TotalActualSpend: z.number().nullish(),
    TotalExpectedSpend: z.number().nullish(),
  }),
  MonitorArn: z.string(),
  Feedback: z.string().nullish(),
});
const Anomalies = z.object({ NextPageToken: z.string().nullish(), Anomalies: z.array(z.unknown()) });
const Monitors = z.object({
  NextPageToken: z.string().nullish(),
  AnomalyMonitors: z.array(
    z.object({
      MonitorArn: z.string().nullish(),
      MonitorName: z.string(),
      MonitorType: z.string(),
      MonitorDimension: z.string().nullish(),
      LastEvaluatedDate: z.string().nullish(),
    }),
  ),
});
const MONITORS: CostList<z.infer<typeof Monitors>> = {
  operation: 'GetAnomalyMonitors',
  send: (client, sdk, NextPageToken, http) => client.send(new sdk.GetAnomalyMonitorsCommand({ NextPageToken }), http),
  schema: Monitors,
};
/** What AWS's anomaly detection found in a window (by the last day of each), and who watches. An anomaly that cannot be read is counted. */
export async function pullAnomalies(
  aws: Aws,
  connection: Connection,
  { window, areMonitorsWanted }: Parameters<CostSource['pullAnomalies']>[1],
  options: PullOptions,
): Promise<AnomalyPull> {
  const asked = { aws, connection, options };
  const monitors = areMonitorsWanted ? (await askAll(asked, MONITORS)).flatMap((answer) => answer.AnomalyMonitors) : null;
  const found = monitors?.length === 0 ? [] : await askAll(asked, anomaliesOf(window));
  const anomalies: Fact<CostAnomaly>[] = [];
  let unreadable = 0;
  for (const item of found.flatMap((answer) => answer.Anomalies)) {
    const fact = anomalyOf(item);
    if (fact) anomalies.push(fact);
    else unreadable++;
  }
  return { anomalies, monitors: monitors?.map(monitorOf) ?? null, unreadable };
}

function monitorOf(monitor: z.infer<typeof Monitors>['AnomalyMonitors'][number]): Fact<AnomalyMonitor> {
  return {
    accountId: null,
    day: null,
    key: oneLine(monitor.MonitorArn || monitor.MonitorName, 1024),
    body: {
      name: oneLine(monitor.MonitorName, 1024),
      type: oneLine(monitor.MonitorType, 100),
      dimension: monitor.MonitorDimension ? oneLine(monitor.MonitorDimension, 100) : null,
      lastEvaluatedOn: dayIn(monitor.LastEvaluatedDate),
    },
  };
}

function anomaliesOf(window: Period): CostList<z.infer<typeof Anomalies>> {
  const DateInterval = { StartDate: window.start, EndDate: addDays(window.end, -1) };
  return {
    operation: 'GetAnomalies',
    send: (client, sdk, NextPageToken, http) => client.send(new sdk.GetAnomaliesCommand({ DateInterval, NextPageToken }), http),
    schema: Anomalies,
  };
}

const FEEDBACK = new Map<string, CostAnomaly['feedback']>([
  ['YES', 'yes'],
  ['NO', 'no'],
  ['PLANNED_ACTIVITY', 'plannedActivity'],
]);

/** Null: it cannot be read. It belongs to the one account of all its causes; of several, to the whole connection. */
export function anomalyOf(item: unknown): Fact<CostAnomaly> | null {
  const parsed = Anomaly.safeParse(item);
  if (!parsed.success) return null;
  const { AnomalyId, Impact, RootCauses, ...anomaly } = parsed.data;
  const start = dayIn(anomaly.AnomalyStartDate);
  if (start === null) return null;
  const end = dayIn(anomaly.AnomalyEndDate) ?? start;
  const rootCauses = (RootCauses ?? []).map((cause) => ({
    serviceName: textIn(cause.Service),
    regionId: textIn(cause.Region),
    accountId: textIn(cause.LinkedAccount),
    usageType: textIn(cause.UsageType),
    impact: amountIn(cause.Impact?.Contribution),
  }));
  const accounts = [...new Set(rootCauses.map(({ accountId }) => accountId))];
  const [only = null] = accounts.length === 1 ? accounts : [];
  const maxImpact = amountIn(Impact.MaxImpact) ?? '0';
  return {
    accountId: only !== null && /^\d{12}$/.test(only) ? only : null,
    // As AWS tells them: by the last day.
    day: end,
    key: oneLine(AnomalyId, 1024),
    body: {
      start,
      end,
      dimensionValue: textIn(anomaly.DimensionValue),
      totalImpact: amountIn(Impact.TotalImpact) ?? maxImpact,
      maxImpact,
      actualSpend: amountIn(Impact.TotalActualSpend),
      expectedSpend: amountIn(Impact.TotalExpectedSpend),
      monitorArn: oneLine(anomaly.MonitorArn, 1024),
      feedback: FEEDBACK.get(anomaly.Feedback ?? '') ?? null,
      rootCauses,
    },
  };
}

function textIn(text: string | null | undefined): string | null {
  return text ? oneLine(text, 1024) : null;
}

/** Anomaly detection sends doubles: written out with all their digits, to ten decimals. */
function amountIn(value: number | null | undefined): DecimalString | null {
  return value === null || value === undefined || !Number.isFinite(value) ? null : plain(exact(value).toDecimalPlaces(10));
}

/** "2026-11-01" and "2026-11-01T00:00:00Z" */
function dayIn(text: string | null | undefined): Day | null {
  const day = text?.slice(0, 10) ?? '';
  return isDay(day) ? day : null;
}
