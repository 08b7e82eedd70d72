import { UNATTRIBUTED } from './reconcile.ts';

/** `isRunning` of src/ledger/charge.ts in SQL, with the charge types as its parameter. */
export const isRunningSql = (chargeTypes: string) =>
  `(coalesce(x.service_name, '') !~ '^AWS Support\\y' and coalesce(c.charge_type, '') <> all (${chargeTypes}))`;

/** How a line without a service is called: residual lines say so, others said none. */
export const SERVICE_NAME_SQL = `coalesce(x.service_name, case when c.charge_type = '${UNATTRIBUTED}' then '${UNATTRIBUTED}' else '' end)`;
