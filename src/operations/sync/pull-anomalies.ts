import { addDays, dayOf } from '../../kernel/calendar.ts';
import { anomalyMonitor, costAnomaly } from '../../ledger/anomaly.ts';
import { anomalyMonitorCount } from '../../ledger/safety-nets.ts';
import type { Context } from '../context.ts';
import { attempt, paidJob } from './attempt.ts';
import type { Outcome, SyncEntry } from './entry.ts';
import type { SourcePlan } from './source.ts';

export const ANOMALIES = 'anomalies';

/** AWS keeps anomalies so long (guide, read 2026-11); older ones stay with us. */
const KEPT_DAYS = 90;

/** Who watches changes a few times a year, and asking is a paid page of its own. */
const MONITORS_FRESH_DAYS = 30;

/** What AWS's anomaly detection found in the last 90 days, and once a month who watches. Without a monitor nobody looks, which is a gap. */
export async function pullAnomalies(context: Context, plan: SourcePlan): Promise<readonly SyncEntry[]> {
  const { connection, asOf } = plan;
  const window = { start: addDays(asOf, -KEPT_DAYS), end: asOf };
  const entry = await attempt(context, paidJob(plan, ANOMALIES, window), async (options, runId): Promise<Outcome> => {
    const { facts } = context.ports;
    const areMonitorsWanted = plan.isEverythingWanted || !(await knowsMonitors(context, plan));
    const found = await context.ports.costSource.pullAnomalies(connection, { window, areMonitorsWanted }, options);
    const keep = { connectionId: connection.id, runId };
    if (found.monitors) {
      const count = { accountId: null, day: null, key: 'monitors', body: { count: found.monitors.length } };
      await facts.replace(context.scope, { ...keep, type: anomalyMonitor, window: null, facts: found.monitors });
      await facts.replace(context.scope, { ...keep, type: anomalyMonitorCount, window: null, facts: [count] });
    }
    const kept = { start: window.start, end: addDays(asOf, 1) };
    await facts.replace(context.scope, { ...keep, type: costAnomaly, window: kept, facts: found.anomalies });
    const quarantined = found.unreadable;
    if (found.monitors?.length !== 0) return { rows: found.anomalies.length, quarantined };
    return { rows: 0, quarantined, gap: NOBODY_WATCHES };
  });
  return [entry];
}

/** Where there is none, each pull looks again: it may have been made since. */
async function knowsMonitors({ scope, ports, now }: Context, { connection }: SourcePlan): Promise<boolean> {
  const counts = (await ports.facts.read(scope, anomalyMonitorCount)).filter(
    ({ connectionId }) => connectionId === connection.id,
  );
  const since = addDays(dayOf(now()), -MONITORS_FRESH_DAYS);
  return counts.length > 0 && counts.every(({ readAt, body }) => body.count > 0 && dayOf(new Date(readAt)) > since);
}

const NOBODY_WATCHES = {
  code: 'NOT_ENROLLED',
  message: 'AWS Cost Anomaly Detection has no monitor in this payer account',
  nextStep:
    'Create a monitor for all AWS services under Cost Anomaly Detection in the console; it is free and begins within 24 hours.',
} as const;
