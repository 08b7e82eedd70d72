import { AdvisorError } from '../../kernel/failure.ts';
import { plain, sumExact } from '../../kernel/money.ts';
import { hourlyWindow } from '../../ledger/billing-horizon.ts';
import { COMMITTABLE_SERVICES, reconcileHours } from '../../ledger/hourly-usage.ts';
import type { Context } from '../context.ts';
import type { HourlyPull } from '../ports/cost-source.ts';
import { attempt, paidJob } from './attempt.ts';
import type { Outcome, SyncEntry } from './entry.ts';
import type { SourcePlan } from './source.ts';

export const HOURLY_USAGE = 'hourlyUsage';

type HourlyPlan = Pick<SourcePlan, 'connection' | 'asOf' | 'budget' | 'history' | 'costs' | 'onFailure'>;

/** The last two weeks by the hour of every service with something to commit to, as one window. */
export async function pullHourlyUsage(context: Context, plan: HourlyPlan): Promise<readonly SyncEntry[]> {
  const { connection, asOf, costs } = plan;
  const window = hourlyWindow(asOf);
  const inUse = new Set(costs?.inUse.serviceNames ?? []);
  const serviceNames = inUse.size === 0 ? COMMITTABLE_SERVICES : COMMITTABLE_SERVICES.filter((name) => inUse.has(name));
  const entry = await attempt(context, paidJob(plan, HOURLY_USAGE, window), async (options, runId): Promise<Outcome> => {
    const pulls: HourlyPull[] = [];
    for (const serviceName of serviceNames) {
      pulls.push(await context.ports.costSource.pullHourlyUsage(connection, { serviceName, window }, options));
    }
    const residual = sumExact(pulls.map(({ controls }) => reconciled(controls)));
    const usage = pulls.flatMap((pull) => pull.usage);
    await context.ports.hourlyUsage.replace(context.scope, { connectionId: connection.id, runId, serviceNames, window, usage });
    const controls = pulls.flatMap((pull) => pull.controls);
    const currencies = new Set(controls.map(({ currency }) => currency));
    const [currency = null] = currencies.size === 1 ? currencies : [];
    return {
      rows: usage.length,
      quarantined: pulls.reduce((sum, pull) => sum + pull.quarantined.length, 0),
      total: currency && plain(sumExact(controls.map(({ total }) => total))),
      residual: currency && plain(residual),
      currency,
    };
  });
  return [entry];
}

function reconciled(controls: HourlyPull['controls']): string {
  const { residual, broken } = reconcileHours(controls);
  if (broken === null) return residual;
  throw new AdvisorError(
    'NOT_RECONCILED',
    `The hours of ${broken} do not add up to Cost Explorer's own total of them`,
    'Run the sync again; the hours of the last good run are unchanged.',
  );
}
