import type pg from 'pg';
import { plain, sumExact } from '../../kernel/money.ts';
import type { HearingFact } from '../../ledger/hearing.ts';
import type { TenantScope } from '../../operations/context.ts';
import type { PlanStore, PlanVersion } from '../../operations/ports/plans.ts';
import { Plan } from '../../plan/plan.ts';
import type { Database } from './database.ts';
import { rebuildWorkloads } from './ledger/rollup-workloads.ts';
import { ledgerLock, queryOf } from './ledger/tenant-window.ts';
import { asJsonb, storableText } from './safe-values.ts';

const VERSION = 'version, name, currency, saved_at as "savedAt", saved_by as "savedBy", reason';

export function planStore(database: Database): PlanStore {
  return {
    save: (scope, plan, reason = null) =>
      database.withTenant(scope, async (client) => {
        await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [JSON.stringify(['plan', scope.tenantId])]);
        const { rows } = await client.query<{ version: number }>(
          `insert into app.plan_version (tenant_id, version, name, currency, document, saved_by, reason)
           select $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5, $6 from app.plan_version returning version`,
          [
            scope.tenantId,
            storableText(plan.name),
            plan.currency,
            asJsonb(plan),
            storableText(scope.actor.label),
            reason === null ? null : storableText(reason),
          ],
        );
        const version = rows[0]?.version as number;
        await saveWorkloads(client, scope, version, plan);
        await ledgerLock(client, scope.tenantId, 'exclusive');
        await rebuildWorkloads(queryOf(client), scope.tenantId);
        return { version };
      }),
    latest: (scope) =>
      database.withTenant(scope, async (client) => {
        const { rows } = await client.query<PlanVersion & { document: unknown }>(
          `select ${VERSION}, document from app.plan_version order by version desc limit 1`,
        );
        const [row] = rows;
        if (row === undefined) return null;
        const { document, ...version } = row;
        return { ...version, plan: Plan.parse(document) };
      }),
    history: (scope, limit) =>
      database.withTenant(scope, async (client) => {
        const { rows } = await client.query<PlanVersion>(
          `select ${VERSION} from app.plan_version order by version desc limit $1`,
          [limit],
        );
        return rows;
      }),
    hearing: (scope) =>
      database.withTenant(scope, async (client) => {
        const { rows } = await client.query<HearingFact>(
          `select w.workload, w.matches, h.environment, h.criticality, h.disaster_recovery_role as "disasterRecoveryRole",
             h.operating_hours as "operatingHours", h.licence_bound as "licenceBound", h.end_date as "endDate"
           from app.hearing_fact h join app.plan_workload w using (tenant_id, version, position)
           where h.version = (select max(version) from app.plan_version) order by position`,
        );
        return rows;
      }),
  };
}

/** The workloads as rows, in list order over all waves; those that somebody was asked about also with the answers. */
async function saveWorkloads(client: pg.ClientBase, scope: TenantScope, version: number, plan: Plan): Promise<void> {
  const workloads = plan.waves.flatMap((wave) => wave.workloads.map((workload) => ({ wave, workload })));
  for (const [position, { wave, workload }] of workloads.entries()) {
    await client.query(
      `insert into app.plan_workload (tenant_id, version, position, wave, cut_over, ramp_days, workload, owner, matches,
         expected_monthly_cost, on_premises_monthly_cost, on_premises_end_date)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        scope.tenantId,
        version,
        position,
        storableText(wave.name),
        wave.cutOver,
        wave.rampDays,
        storableText(workload.name),
        workload.owner === null ? null : storableText(workload.owner),
        asJsonb(workload.matches),
        plain(sumExact(workload.lines.map((line) => line.expectedMonthlyCost))),
        workload.onPremisesMonthlyCost,
        workload.onPremisesEndDate,
      ],
    );
    if (workload.hearing === null) continue;
    const { environment, criticality, disasterRecoveryRole, operatingHours, licenceBound, endDate } = workload.hearing;
    await client.query(
      `insert into app.hearing_fact (tenant_id, version, position, environment, criticality, disaster_recovery_role, operating_hours,
         licence_bound, end_date) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        scope.tenantId,
        version,
        position,
        environment,
        criticality,
        disasterRecoveryRole,
        operatingHours === null ? null : storableText(operatingHours),
        licenceBound,
        endDate,
      ],
    );
  }
}
