import type pg from 'pg';
import type { Exemption, ExemptionTerms } from '../../advice/exemption.ts';
import type { Day } from '../../kernel/calendar.ts';
import { AdvisorError } from '../../kernel/failure.ts';
import { fingerprintUuid } from '../../kernel/fingerprint.ts';
import type { DecimalString } from '../../kernel/money.ts';
import type { TenantScope } from '../../operations/context.ts';
import type { ExemptionStore } from '../../operations/ports/exemptions.ts';
import type { Database } from './database.ts';
import { storableText } from './safe-values.ts';

/** Revisions are only ever added; the last one of each counts. */
export function exemptionStore(database: Database): ExemptionStore {
  return {
    current: (scope) =>
      database.withTenant(scope, async (client) => {
        const { rows } = await client.query<ExemptionRow>(
          `select * from (select distinct on (id) * from app.exemption order by id, revision desc) e order by expires_on, id`,
        );
        return rows.map(exemptionOf);
      }),
    revisions: (scope) =>
      database.withTenant(scope, async (client) => {
        const { rows } = await client.query<ExemptionRow>('select * from app.exemption order by id, revision');
        return rows.map(exemptionOf);
      }),
    record: (scope, input) =>
      database.withTenant(scope, async (client) => {
        await lock(client, scope);
        const recorded: Exemption[] = [];
        for (const terms of input.terms) recorded.push(await recordOne(client, scope, terms, input.decidedOn));
        return recorded;
      }),
    end: (scope, input) =>
      database.withTenant(scope, async (client) => {
        await lock(client, scope);
        const known = await latest(client, input.id);
        if (!known) throw notFound();
        if (known.change === 'ended') return known;
        return add(client, scope, { ...known, revision: known.revision + 1, change: 'ended', endedBecause: input.because });
      }),
  };
}

/** Writers of one tenant's exemptions wait for each other, so that two cannot make the same revision. */
async function lock(client: pg.ClientBase, scope: TenantScope): Promise<void> {
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [JSON.stringify(['exemption', scope.tenantId])]);
}

async function latest(client: pg.ClientBase, id: string): Promise<Exemption | null> {
  const { rows } = await client.query<ExemptionRow>(
    'select * from app.exemption where id::text = $1 order by revision desc limit 1',
    [storableText(id)],
  );
  return rows[0] ? exemptionOf(rows[0]) : null;
}

async function recordOne(client: pg.ClientBase, scope: TenantScope, terms: ExemptionTerms, decidedOn: Day): Promise<Exemption> {
  const { detectorId, resourceId, accountId, regionId, tagKey, tagValue } = terms;
  const id = fingerprintUuid(scope.tenantId, 'exemption', detectorId, resourceId, accountId, regionId, tagKey, tagValue);
  const known = await latest(client, id);
  if (known && known.change !== 'ended' && isSame(known, terms)) return known;
  const change = known && known.change !== 'ended' ? 'changed' : 'added';
  return add(client, scope, { ...terms, id, revision: (known?.revision ?? 0) + 1, decidedOn, change, endedBecause: null });
}

function isSame(known: ExemptionTerms, terms: ExemptionTerms): boolean {
  const { owner, reason, approver, expiresOn, maximumMonthlyCost, currency } = terms;
  return (
    known.owner === owner &&
    known.reason === reason &&
    known.approver === approver &&
    known.expiresOn === expiresOn &&
    known.maximumMonthlyCost === maximumMonthlyCost &&
    known.currency === currency
  );
}

async function add(
  client: pg.ClientBase,
  scope: TenantScope,
  next: Omit<Exemption, 'recordedBy' | 'recordedAt'>,
): Promise<Exemption> {
  const text = (value: string | null): string | null => value && storableText(value);
  const { rows } = await client.query<ExemptionRow>(
    `insert into app.exemption (tenant_id, id, revision, change, ended_because, detector_id, resource_id, account_id, region_id,
       tag_key, tag_value, owner, reason, approver, decided_on, expires_on, maximum_monthly_cost, currency, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
     returning *`,
    [
      scope.tenantId,
      next.id,
      next.revision,
      next.change,
      text(next.endedBecause),
      text(next.detectorId),
      text(next.resourceId),
      text(next.accountId),
      text(next.regionId),
      text(next.tagKey),
      text(next.tagValue),
      storableText(next.owner),
      storableText(next.reason),
      storableText(next.approver),
      next.decidedOn,
      next.expiresOn,
      next.maximumMonthlyCost,
      next.currency,
      storableText(scope.actor.label),
    ],
  );
  const [row] = rows;
  if (!row) throw new Error('an exemption was not written');
  return exemptionOf(row);
}

function notFound(): AdvisorError {
  return new AdvisorError('NOT_FOUND', 'This exemption is not known.', 'List the exemptions and use the id of one of them.');
}

interface ExemptionRow {
  readonly id: string;
  readonly revision: number;
  readonly change: Exemption['change'];
  readonly ended_because: string | null;
  readonly detector_id: string | null;
  readonly resource_id: string | null;
  readonly account_id: string | null;
  readonly region_id: string | null;
  readonly tag_key: string | null;
  readonly tag_value: string | null;
  readonly owner: string;
  readonly reason: string;
  readonly approver: string;
  readonly decided_on: Day;
  readonly expires_on: Day;
  readonly maximum_monthly_cost: DecimalString | null;
  readonly currency: string | null;
  readonly recorded_by: string;
  readonly recorded_at: string;
}

function exemptionOf(row: ExemptionRow): Exemption {
  return {
    id: row.id,
    revision: row.revision,
    change: row.change,
    endedBecause: row.ended_because,
    detectorId: row.detector_id,
    resourceId: row.resource_id,
    accountId: row.account_id,
    regionId: row.region_id,
    tagKey: row.tag_key,
    tagValue: row.tag_value,
    owner: row.owner,
    reason: row.reason,
    approver: row.approver,
    decidedOn: row.decided_on,
    expiresOn: row.expires_on,
    maximumMonthlyCost: row.maximum_monthly_cost,
    currency: row.currency,
    recordedBy: row.recorded_by,
    recordedAt: row.recorded_at,
  };
}
