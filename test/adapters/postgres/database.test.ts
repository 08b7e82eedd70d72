import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../support/database.ts';

const db = testDatabase();
const operatorId = async () => {
  const { rows } = await db.database.withoutTenant((client) => client.query('select tenant_id from app.operator_tenant()'));
  return rows[0].tenant_id as string;
};

describe('a transaction of a tenant', () => {
  it('knows its tenant', async () => {
    const tenantId = await operatorId();
    const { rows } = await db.database.withTenant({ tenantId }, (client) => client.query('select app.tenant() as id'));
    expect(rows).toEqual([{ id: tenantId }]);
  });
});
