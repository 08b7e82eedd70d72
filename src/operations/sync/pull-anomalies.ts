import { addDays } from '../../kernel/calendar.ts';
import { anomalyMonitor, costAnomaly } from '../../ledger/anomaly.ts';
import type { Context } from '../context.ts';
import { attempt, paidJob } from './attempt.ts';
import type { Outcome, SyncEntry } from './entry.ts';
import type { SourcePlan } from './source.ts';

export const ANOMALIES = 'anomalies';

/** AWS keeps anomalies so long (guide, read 2026-11); older ones stay with us. */
const KEPT_DAYS = 90;

/** What AWS's anomaly detection found in the last 90 days, and who watches. Without a monitor nobody looks, which is a gap. */
export async function pullAnomalies(context: Context, plan: SourcePlan): Promise<readonly SyncEntry[]> {
  const { connection, asOf } = plan;
  const window = { start: addDays(asOf, -KEPT_DAYS), end: asOf };
  const entry = await attempt(context, paidJob(plan, ANOMALIES, window), async (options, runId): Promise<Outcome> => {
    const { facts } = context.ports;
    const found = await context.ports.costSource.pullAnomalies(connection, window, options);
    const keep = { connectionId: connection.id, runId };
    await facts.replace(context.scope, { ...keep, type: anomalyMonitor, window: null, facts: found.monitors });
    const kept = { start: window.start, end: addDays(asOf, 1) };
    await facts.replace(context.scope, { ...keep, type: costAnomaly, window: kept, facts: found.anomalies });
    const quarantined = found.unreadable;
    if (found.monitors.length > 0) return { rows: found.anomalies.length, quarantined };
    return { rows: 0, quarantined, gap: NOBODY_WATCHES };
  });
  return [entry];
}

const NOBODY_WATCHES = {
  code: 'NOT_ENROLLED',
  message: 'AWS Cost Anomaly Detection has no monitor in this payer account',
  nextStep:
    'Create a monitor for all AWS services under Cost Anomaly Detection in the console; it is free and begins within 24 hours.',
} as const;
