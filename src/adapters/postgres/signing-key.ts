import type pg from 'pg';
import { sqlState } from './failures.ts';
import { OWNER_ROLE } from './roles.ts';
import { hmacPads, signTenantContext } from './tenant-context.ts';

/** Processes that still run with the key before keep working for this long after a change: time to restart them one by one. */
const ROTATION_MINUTES = 15;

/** Makes this the key in use. The one before stays valid for ROTATION_MINUTES; older ones are forgotten. */
export async function installSigningKey(client: pg.Client, signingKey: Buffer): Promise<void> {
  const { inner, outer } = hmacPads(signingKey);
  await client.query('begin');
  try {
    await client.query(`set local role ${OWNER_ROLE}`);
    const { rowCount } = await client.query('select from app_priv.signing_key where inner_pad = $1 and accepted_until is null', [
      inner,
    ]);
    if (rowCount === 0) {
      await client.query('delete from app_priv.signing_key where accepted_until < now() or inner_pad = $1', [inner]);
      await client.query(
        'update app_priv.signing_key set accepted_until = now() + make_interval(mins => $1) where accepted_until is null',
        [ROTATION_MINUTES],
      );
      await client.query('insert into app_priv.signing_key (inner_pad, outer_pad) values ($1, $2)', [inner, outer]);
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

/** Whether this database believes what the key signs. Asked as the run-time login. */
export async function signingKeyIsAccepted(client: pg.Client, signingKey: Buffer): Promise<boolean> {
  const { rows } = await client.query<{ id: string; now: string }>(
    'select tenant_id as id, (extract(epoch from clock_timestamp()) * 1000)::bigint::text as now from app.operator_tenant()',
  );
  const [operator] = rows;
  if (!operator) return false;
  await client.query('begin');
  try {
    await client.query("select set_config('app.ctx', $1, true)", [
      signTenantContext(signingKey, operator.id, Number(operator.now)),
    ]);
    await client.query('select app.tenant()');
    return true;
  } catch (error) {
    if (sqlState(error) === '28000') return false;
    throw error;
  } finally {
    await client.query('rollback').catch(() => {});
  }
}
