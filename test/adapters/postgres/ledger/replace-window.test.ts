import { describe, expect, it } from 'vitest';
import { AdvisorError } from '../../../../src/kernel/failure.ts';
import type { Charge } from '../../../../src/ledger/charge.ts';
import { testDatabase } from '../../../support/database.ts';
import { ACCOUNT, aCharge, aRun, aWorld, controlsOf, inBatches, linesOf, OTHER_ACCOUNT, pull, totalOf } from './world.ts';

const db = testDatabase();

describe('a window', () => {
  it('is stored as the source gave it', async () => {
    const world = await aWorld(db);
    const charges = [aCharge(), aCharge({ day: '2026-10-02', billedCost: '0.0000000001' })];
    const result = await pull(db, world, { charges });
    expect(result).toEqual({
      rows: 2,
      quarantined: 0,
      totals: [{ currency: 'USD', billedCost: '10.0000000001', residual: '0' }],
      tenants: 1,
    });
    expect((await linesOf(db, world.scope)).map((line) => line.billed)).toEqual(['10', '0.0000000001']);
  });

  it('written twice is written once', async () => {
    const world = await aWorld(db);
    const charges = [aCharge(), aCharge({ subAccountId: OTHER_ACCOUNT, billedCost: '3' })];
    await pull(db, world, { charges });
    const once = await linesOf(db, world.scope);
    await pull(db, world, { charges });
    expect(await linesOf(db, world.scope)).toEqual(once);
  });

  it('loses a group that vanished at the source, and takes restated amounts', async () => {
    const world = await aWorld(db);
    await pull(db, world, { charges: [aCharge(), aCharge({ serviceName: 'AWS Lambda', billedCost: '5' })] });
    await pull(db, world, { charges: [aCharge({ billedCost: '12' })] });
    expect((await linesOf(db, world.scope)).map((line) => [line.service, line.billed])).toEqual([
      ['Amazon Relational Database Service', '12'],
    ]);
  });

  it('leaves days outside it and other slices alone', async () => {
    const world = await aWorld(db);
    await pull(db, world, { charges: [aCharge()] });
    await pull(db, world, { sliceId: 'account-charge-type', charges: [aCharge({ serviceName: null, chargeType: 'Usage' })] });
    const later = { start: '2026-10-02', end: '2026-10-03' };
    await pull(db, world, { window: later, charges: [aCharge({ day: '2026-10-02', billedCost: '1' })] });
    expect(await linesOf(db, world.scope)).toHaveLength(3);
  });

  it('keeps the old one when the stream breaks, with the error that broke it', async () => {
    const world = await aWorld(db);
    await pull(db, world, { charges: [aCharge()] });
    async function* broken(): AsyncGenerator<readonly Charge[]> {
      yield [aCharge({ billedCost: '99' })];
      throw new AdvisorError('SOURCE_THROTTLED', 'too fast', 'wait');
    }
    const attempt = pull(db, world, { charges: broken(), controls: controlsOf([aCharge()]) });
    await expect(attempt).rejects.toMatchObject({ code: 'SOURCE_THROTTLED', message: 'too fast' });
    expect((await linesOf(db, world.scope)).map((line) => line.billed)).toEqual(['10']);
  });

  it('replaces nothing when the source has no totals', async () => {
    const world = await aWorld(db);
    await pull(db, world, { charges: [aCharge()] });
    await expect(pull(db, world, { charges: [], controls: [] })).rejects.toMatchObject({ code: 'DATA_UNAVAILABLE' });
    expect(await linesOf(db, world.scope)).toHaveLength(1);
  });

  it('may become empty when the source says that it is', async () => {
    const world = await aWorld(db);
    await pull(db, world, { charges: [aCharge()] });
    await pull(db, world, { charges: [], controls: controlsOf([aCharge({ billedCost: '0' })]) });
    expect(await linesOf(db, world.scope)).toEqual([]);
  });

  it('is not written by a run that another process has taken over', async () => {
    const world = await aWorld(db);
    const runId = await aRun(db, world);
    await db.database.withTenant(world.scope, (client) =>
      client.query(`update app.run set status = 'abandoned', ended_at = now() where id = $1`, [runId]),
    );
    await expect(pull(db, world, { runId, charges: [aCharge()] })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await linesOf(db, world.scope)).toEqual([]);
  });

  it('belongs to a connection of the tenant itself', async () => {
    const [own, foreign] = [await aWorld(db), await aWorld(db)];
    const attempt = pull(db, own, { connectionId: foreign.connectionId, runId: await aRun(db, own), charges: [aCharge()] });
    await expect(attempt).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each([
    ['ends before it starts', { start: '2026-10-02', end: '2026-10-01' }],
    ['is empty', { start: '2026-10-02', end: '2026-10-02' }],
    ['begins before there was a cloud', { start: '1970-01-01', end: '1970-02-01' }],
    ['is longer than any bill', { start: '2010-01-01', end: '2026-01-01' }],
    ['is no period at all', { start: '2026-02-30', end: '2026-03-01' }],
  ])('is refused when it %s', async (_what, window) => {
    const world = await aWorld(db);
    await expect(pull(db, world, { window, charges: [aCharge()] })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('keeps refunds, zeros and two currencies apart and exact', async () => {
    const world = await aWorld(db);
    const charges = [
      aCharge({ billedCost: '-4.5' }),
      aCharge({ serviceName: 'AWS Lambda', billedCost: '0' }),
      aCharge({ currency: 'JPY', billedCost: '1200' }),
    ];
    const { totals } = await pull(db, world, { charges });
    expect(totals).toEqual([
      { currency: 'JPY', billedCost: '1200', residual: '0' },
      { currency: 'USD', billedCost: '-4.5', residual: '0' },
    ]);
    expect((await linesOf(db, world.scope)).map((line) => line.billed).sort()).toEqual(['-4.5', '0', '1200']);
  });

  it('sums lines that name the same thing twice; a quantity that one of them lacks is not known', async () => {
    const world = await aWorld(db);
    await pull(db, world, { charges: [aCharge({ usageQuantity: '2' }), aCharge({ usageQuantity: null })] });
    const { rows } = await db.database.withTenant(world.scope, (client) =>
      client.query('select billed_cost, usage_quantity from app.charge'),
    );
    expect(rows).toEqual([{ billed_cost: '20', usage_quantity: null }]);
  });

  it('survives two at once for the same slice: one of them wins whole', async () => {
    const world = await aWorld(db);
    const [first, second] = [[aCharge({ billedCost: '1' })], [aCharge({ billedCost: '2' }), aCharge({ serviceName: 'x' })]];
    const runs = [await aRun(db, world), await aRun(db, world)];
    await Promise.all([first, second].map((charges, index) => pull(db, world, { charges, runId: runs[index] ?? '' })));
    expect(['1', '12']).toContain(totalOf(await linesOf(db, world.scope)));
  });
});

describe('reconciliation', () => {
  const control = (billedCost: string, effectiveCost = billedCost) => [
    { day: '2026-10-01', currency: 'USD', billedCost, effectiveCost, estimated: false },
  ];

  it('writes what the lines lack as a line of its own, with the owner', async () => {
    const world = await aWorld(db);
    const result = await pull(db, world, { charges: [aCharge({ billedCost: '45.63' })], controls: control('69.30') });
    expect(result.totals).toEqual([{ currency: 'USD', billedCost: '69.3', residual: '23.67' }]);
    const lines = await linesOf(db, world.scope);
    expect(lines.find((line) => line.type === '__unattributed__')).toMatchObject({
      billed: '23.67',
      account: null,
      service: null,
    });
    expect(totalOf(lines)).toBe('69.3');
  });

  it('takes a small excess as a negative line', async () => {
    const world = await aWorld(db);
    await pull(db, world, { charges: [aCharge({ billedCost: '100.90' })], controls: control('100') });
    expect((await linesOf(db, world.scope)).map((line) => line.billed)).toContain('-0.9');
  });

  it('keeps a rounding of the source with the day and makes no line of it', async () => {
    const world = await aWorld(db);
    const { totals } = await pull(db, world, { charges: [aCharge({ billedCost: '9.996' })], controls: control('10') });
    expect(totals[0]?.residual).toBe('0.004');
    expect(await linesOf(db, world.scope)).toHaveLength(1);
    const { rows } = await db.database.withTenant(world.scope, (client) =>
      client.query('select residual_billed_cost, control_billed_cost from app.charge_day_status'),
    );
    expect(rows).toEqual([{ residual_billed_cost: '0.004', control_billed_cost: '10' }]);
  });

  it('makes a line from half a cent on', async () => {
    const world = await aWorld(db);
    await pull(db, world, { charges: [aCharge({ billedCost: '9.995' })], controls: control('10') });
    expect((await linesOf(db, world.scope)).map((line) => line.billed)).toContain('0.005');
  });

  it('refuses lines that exceed their control by more than 1 % and more than 1.00, and names the day and the sums', async () => {
    const world = await aWorld(db);
    await pull(db, world, { charges: [aCharge()] });
    const attempt = pull(db, world, { charges: [aCharge({ billedCost: '102.02' })], controls: control('101') });
    await expect(attempt).rejects.toMatchObject({
      code: 'NOT_RECONCILED',
      message:
        'On 2026-10-01 the lines of slice "account-service" sum to 102.02 USD of billedCost, 1.02 more than the source\'s own total of 101.',
    });
    expect((await linesOf(db, world.scope)).map((line) => line.billed)).toEqual(['10']);
  });

  it('holds the amortised cost against its control too', async () => {
    const world = await aWorld(db);
    const attempt = pull(db, world, { charges: [aCharge({ billedCost: '10', effectiveCost: '13' })], controls: control('10') });
    await expect(attempt).rejects.toMatchObject({ code: 'NOT_RECONCILED' });
  });

  it('refuses lines of a day for which there is no total', async () => {
    const world = await aWorld(db);
    const attempt = pull(db, world, { charges: [aCharge({ day: '2026-10-03' })], controls: control('0') });
    await expect(attempt).rejects.toMatchObject({ code: 'NOT_RECONCILED' });
  });

  it.each([
    ['twice for one day', [...control('1'), ...control('1')]],
    ['for a day outside the window', [{ ...control('1')[0], day: '2026-11-01' }]],
    ['that is no number', control('NaN')],
    ['in no currency', [{ ...control('1')[0], currency: 'usd' }]],
  ])('refuses a total %s', async (_what, controls) => {
    const world = await aWorld(db);
    const attempt = pull(db, world, { charges: [], controls: controls as ReturnType<typeof controlsOf> });
    await expect(attempt).rejects.toMatchObject({ code: 'SOURCE_ANSWER_UNREADABLE' });
  });
});

describe('odd rows', () => {
  const ODD = [
    'tab\there',
    'new\nline',
    'back\\slash',
    '\\N',
    '\\.',
    'quote"\'',
    '__proto__',
    'crlf\r\n',
    '日本語 🗾',
    '; drop table',
    '',
  ];

  it('survive COPY letter by letter', async () => {
    const world = await aWorld(db);
    await pull(db, world, { charges: ODD.map((serviceName) => aCharge({ serviceName, resourceId: `r ${serviceName}` })) });
    const lines = await linesOf(db, world.scope);
    expect(lines.map((line) => line.service).sort()).toEqual([...ODD].sort());
    expect(lines.map((line) => line.resource).sort()).toEqual(ODD.map((text) => `r ${text}`).sort());
  });

  it('with lone surrogates become one replacement each, and equal ones one line', async () => {
    const world = await aWorld(db);
    await pull(db, world, { charges: [aCharge({ serviceName: 'a\ud800' }), aCharge({ serviceName: 'a\udc00' })] });
    expect((await linesOf(db, world.scope)).map((line) => [line.service, line.billed])).toEqual([['a\ufffd', '20']]);
  });

  it.each([
    ['a NUL', { serviceName: 'a\0b' }],
    ['an amount of a thousand million', { billedCost: '1000000000' }],
    ['no number', { billedCost: 'NaN' }],
    ['an exponent', { effectiveCost: '1e5' }],
    ['a quantity that is none', { usageQuantity: 'Infinity' }],
    ['a day outside the window', { day: '2026-12-01' }],
    ['a day that is none', { day: '2026-10-1' }],
    ['a currency in small letters', { currency: 'usd' }],
    ['a name longer than an index holds', { resourceId: 'x'.repeat(2_049) }],
    ['a charge category that does not exist', { chargeCategory: 'Gift' as Charge['chargeCategory'] }],
  ])('with %s are quarantined, counted, and their money is in the residual', async (_what, broken) => {
    const world = await aWorld(db);
    const runId = await aRun(db, world);
    const result = await pull(db, world, {
      runId,
      charges: [aCharge(), aCharge({ serviceName: 'broken', ...broken })],
      controls: controlsOf([aCharge(), aCharge()]),
      quarantined: [{ reason: 'the source said so', row: 'as it was' }],
    });
    expect(result).toMatchObject({ rows: 1, quarantined: 2, totals: [{ residual: '10' }] });
    const { rows } = await db.database.withTenant(world.scope, (client) =>
      client.query('select reason, row_text from app.quarantined_row where run_id = $1 order by row_number', [runId]),
    );
    expect(rows[0]).toEqual({ reason: 'the source said so', row_text: 'as it was' });
    expect(rows[1]?.reason).not.toBe('');
    expect(rows[1]?.row_text).toContain('"subAccountId"');
  });

  it('that are credits do not make the other lines look like too much', async () => {
    const world = await aWorld(db);
    const credit = aCharge({ serviceName: 'a\0b', billedCost: '-400' });
    const result = await pull(db, world, { charges: [aCharge({ billedCost: '500' }), credit] });
    expect(result).toMatchObject({ quarantined: 1, totals: [{ billedCost: '100', residual: '-400' }] });
  });

  it('of which there are very many are all counted', async () => {
    const world = await aWorld(db);
    async function* many() {
      for await (const batch of inBatches(
        Array.from({ length: 1_500 }, () => aCharge({ currency: '?' })),
        500,
      ))
        yield batch;
    }
    const result = await pull(db, world, { charges: many(), controls: controlsOf([aCharge({ billedCost: '0' })]) });
    expect(result.quarantined).toBe(1_500);
  });
});

it('keeps account ids and resources of one tenant from another', async () => {
  const [one, two] = [await aWorld(db), await aWorld(db)];
  await pull(db, one, { charges: [aCharge({ resourceId: 'i-0secret' })] });
  expect(await linesOf(db, two.scope)).toEqual([]);
  await db.database.withTenant(two.scope, async (client) => {
    for (const table of ['account', 'meter', 'resource', 'feed', 'charge', 'charge_day_status', 'spend_day', 'spend_month']) {
      expect((await client.query(`select from app.${table}`)).rowCount).toBe(0);
    }
  });
  expect((await linesOf(db, one.scope)).map((line) => line.account)).toEqual([ACCOUNT]);
});

it('lets nobody reach a partition past the policy of the ledger', async () => {
  const world = await aWorld(db);
  await pull(db, world, { charges: [aCharge()] });
  const read = db.database.withTenant(world.scope, (client) => client.query('select from app.charge_2026_10'));
  await expect(read).rejects.toMatchObject({ code: '42501' });
});

it('makes no month that no bill can have', async () => {
  for (const month of ['2005-12-31', '2100-01-01', '0001-01-01']) {
    const attempt = db.database.withoutTenant((client) => client.query('select app.ensure_month($1)', [month]));
    await expect(attempt).rejects.toMatchObject({ code: '22008' });
  }
});
