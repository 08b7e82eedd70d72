import type pg from 'pg';
import { allocationKey } from '../../../ledger/attribution.ts';
import type { PriceView } from '../../../ledger/charge.ts';
import { hubEnrolment } from '../../../ledger/hub-facts.ts';
import { anomalyMonitorCount, type SafetyNets, safetyNetsOf } from '../../../ledger/safety-nets.ts';
import { readFactsOfKinds } from './fact-store.ts';

/** What the payers of the tenant's connections watch their cost with. */
export async function readSafetyNets(client: pg.ClientBase, view: PriceView): Promise<SafetyNets> {
  const of = await readFactsOfKinds(client, view, [hubEnrolment.kind, anomalyMonitorCount.kind, allocationKey.kind], null);
  const { rows } = await client.query<{ id: string; payer: string }>('select id, payer_account_id as payer from app.connection');
  const payers = new Map(rows.map(({ id, payer }) => [id, payer]));
  return safetyNetsOf({ enrolments: of(hubEnrolment), counts: of(anomalyMonitorCount), keys: of(allocationKey) }, (id) =>
    payers.get(id),
  );
}
