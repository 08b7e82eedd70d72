import { expect, it } from 'vitest';
import { contractStore } from '../../../src/adapters/postgres/contract-store.ts';
import { ledgerReader } from '../../../src/adapters/postgres/ledger/ledger-reader.ts';
import { ledgerWriter } from '../../../src/adapters/postgres/ledger/ledger-writer.ts';
import { auditStore } from '../../../src/adapters/postgres/tenant-store.ts';
import { CHARGE_TYPE_SLICE_ID } from '../../../src/ledger/slice.ts';
import { addContract } from '../../../src/operations/add-contract.ts';
import type { Context } from '../../../src/operations/context.ts';
import { endContract } from '../../../src/operations/end-contract.ts';
import { listContracts } from '../../../src/operations/list-contracts.ts';
import type { Ports } from '../../../src/operations/ports/index.ts';
import { testDatabase } from '../../support/database.ts';
import { aCharge, aConnection, aRun, assign, aTenant, aWorld, controlsOf, inBatches, type World } from './ledger/world.ts';

const db = testDatabase();

function contextOf({ scope }: Pick<World, 'scope'>): Context {
  const ports = {
    contracts: contractStore(db.database),
    ledgerReader: ledgerReader(db.database),
    audit: auditStore(db.database),
  } as Partial<Ports> as Ports;
  return { scope, locale: 'en', now: () => new Date('2026-11-24T05:00:00Z'), ports, progress: null };
}

const CREDIT = {
  name: 'Migration <b>credit</b>',
  startsOn: '2026-07-01',
  terms: { kind: 'credit', amount: '100', currency: 'USD', expiresOn: '2027-07-01' },
};

it('keeps a contract, its end as a further revision, and who said so', async () => {
  const context = contextOf(await aWorld(db));
  const { id } = await addContract(context, CREDIT);
  await endContract(context, { id, endsOn: '2026-12-01' });
  expect((await listContracts(context)).contracts).toMatchObject([
    { id, revision: 2, name: CREDIT.name, startsOn: '2026-07-01', endsOn: '2026-12-01', recordedBy: 'test' },
  ]);
  const audit = await context.ports.audit.list(context.scope, 10);
  expect(audit.map(({ action, subject }) => [action, subject])).toEqual([
    ['contractEnded', id],
    ['contractAdded', id],
  ]);
});

it('names each problem, and keeps nothing', async () => {
  const context = contextOf(await aWorld(db));
  for (const [input, problem] of [
    [{ ...CREDIT, terms: { ...CREDIT.terms, amount: '0' } }, /terms\.amount: must be more than zero/],
    [{ ...CREDIT, terms: { ...CREDIT.terms, amount: '1e3' } }, /terms\.amount: must be a decimal/],
    [{ ...CREDIT, terms: { ...CREDIT.terms, expiresOn: '2026-07-01' } }, /terms\.expiresOn: must be after the start/],
    [{ ...CREDIT, endsOn: '2026-06-01' }, /endsOn: must be after the start/],
    [{ ...CREDIT, terms: { kind: 'gift' } }, /terms/],
    [{ ...CREDIT, terms: { kind: 'privateDiscount', percent: '101' } }, /at most 100/],
  ] as const) {
    await expect(addContract(context, input)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(problem),
    });
  }
  expect((await listContracts(context)).contracts).toEqual([]);
});

it('does not know the contract of another tenant', async () => {
  const { id } = await addContract(contextOf(await aWorld(db)), CREDIT);
  const stranger = contextOf({ scope: await aTenant(db) });
  await expect(endContract(stranger, { id, endsOn: '2026-12-01' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const { name, startsOn } = CREDIT;
  const terms = { kind: 'commit', amountPerYear: '1', currency: 'USD' } as const;
  const forged = stranger.ports.contracts.record(stranger.scope, { id, name, startsOn, endsOn: null, terms });
  await expect(forged).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('tells whoever pulls a bill whether there is a contract to hold against it, its customers’ among them', async () => {
  const payer = await aWorld(db, 'operator');
  const customer = await aTenant(db);
  const context = contextOf(payer);
  const anyOver = (connectionId: string, since: string) =>
    context.ports.contracts.anyOver(context.scope, { connectionId, since });
  await assign(db, payer, '100000000051', customer, { start: '2026-01-01', end: '2099-01-01' });
  expect(await anyOver(payer.connectionId, '2026-01-01')).toBe(false);
  const { id } = await addContract(contextOf({ scope: customer }), CREDIT);
  expect(await anyOver(payer.connectionId, '2026-01-01')).toBe(true);
  const other = await aConnection(db, payer.scope);
  expect(await anyOver(other, '2026-01-01')).toBe(false);
  await endContract(contextOf({ scope: customer }), { id, endsOn: '2026-12-01' });
  expect(await anyOver(payer.connectionId, '2026-11-30')).toBe(true);
  expect(await anyOver(payer.connectionId, '2026-12-01')).toBe(false);
});

it('reads burn-down and commit from the charge types of the bill', async () => {
  const world = await aWorld(db);
  const context = contextOf(world);
  const months = ['2026-08', '2026-09', '2026-10'];
  const charges = months.flatMap((month, index) => [
    aCharge({
      day: `${month}-01`,
      serviceName: null,
      chargeType: 'Credit',
      chargeCategory: 'Credit',
      billedCost: `-${10 + index}`,
    }),
    aCharge({ day: `${month}-01`, serviceName: null, chargeType: 'Usage', chargeCategory: 'Usage', billedCost: '100' }),
    aCharge({ day: `${month}-01`, serviceName: null, chargeType: 'Tax', chargeCategory: 'Tax', billedCost: '9' }),
  ]);
  await ledgerWriter(db.database).replaceWindow(world.scope, {
    connectionId: world.connectionId,
    runId: await aRun(db, world),
    sliceId: CHARGE_TYPE_SLICE_ID,
    window: { start: '2026-08-01', end: '2026-11-01' },
    priceView: 'awsBilled',
    charges: inBatches(charges),
    controls: async () => controlsOf(charges),
    quarantined: () => [],
  });
  await addContract(context, { ...CREDIT, terms: { ...CREDIT.terms, amount: '30' } });
  await addContract(context, {
    name: 'commit',
    startsOn: '2026-08-01',
    terms: { kind: 'commit', amountPerYear: '1000', currency: 'USD' },
  });
  const { contracts, unexplainedCredits } = await listContracts(context);
  expect(contracts[0]?.creditOutlook).toMatchObject({ used: '30', balance: '0' });
  expect(unexplainedCredits).toEqual([{ currency: 'USD', amount: '3' }]);
  expect(contracts[1]?.commitOutlook).toMatchObject({ committed: '1000' });
});
