import { beforeEach, describe, expect, it } from 'vitest';
import { exemptionStore } from '../../src/adapters/postgres/exemption-store.ts';
import { auditStore } from '../../src/adapters/postgres/tenant-store.ts';
import type { Recommendation } from '../../src/advice/recommendation.ts';
import { addDays } from '../../src/kernel/calendar.ts';
import { addExemption } from '../../src/operations/add-exemption.ts';
import type { Context } from '../../src/operations/context.ts';
import { endExemption } from '../../src/operations/end-exemption.ts';
import { importExemptions } from '../../src/operations/import-exemptions.ts';
import { listExemptions } from '../../src/operations/list-exemptions.ts';
import type { Ports } from '../../src/operations/ports/index.ts';
import { aWorld } from '../adapters/postgres/ledger/world.ts';
import { aRecommendation } from '../support/advice-arbitraries.ts';
import { aCatalogueEntry, anInstance, aResource, aSnapshot, EXAMPLE_ACCOUNT_ID } from '../support/builders.ts';
import { testDatabase } from '../support/database.ts';

const db = testDatabase();
const TODAY = '2026-11-24';
const catalogue = [aCatalogueEntry()];
const machine = anInstance();
const VOLUME = `arn:aws:ec2:ap-northeast-1:${EXAMPLE_ACCOUNT_ID}:volume/vol-0a`;
const WHO = { owner: 'Web team', reason: 'Kept for the audit', approver: 'K. Sato', expiresOn: addDays(TODAY, 30) };
let context: Context;
let last: readonly Recommendation[] = [];
let today = TODAY;

beforeEach(async () => {
  const { scope } = await aWorld(db);
  const resources = [
    machine,
    aResource({ resourceId: VOLUME, resourceType: 'EbsVolume' }),
    aResource({ resourceId: 'logs', resourceType: 'Other' }),
    aResource({ resourceId: 'logs', resourceType: 'Other', accountId: '222233334444' }),
  ];
  const ports = {
    exemptions: exemptionStore(db.database),
    audit: auditStore(db.database),
    ledgerReader: { freshness: async () => ({ dataAsOf: TODAY, closedMonths: [], currencies: ['USD'] }) },
    snapshots: { snapshot: async () => aSnapshot({ resources }) },
    recommendations: { current: async () => last },
  };
  // Only these ports are touched by the verbs under test.
  context = { scope, locale: 'en', now: () => new Date(`${today}T10:00:00Z`), ports: ports as unknown as Ports, progress: null };
  last = [];
  today = TODAY;
});

const add = (terms: object) => addExemption(context, { terms: { ...WHO, ...terms }, catalogue });
const list = async (all = true) => (await listExemptions(context, { all })).exemptions;

describe('adding an exemption', () => {
  it('keeps the whole id with account and region, whatever was typed, and who did it', async () => {
    expect(await add({ resourceId: 'vol-0a' })).toMatchObject({
      resourceId: VOLUME,
      accountId: EXAMPLE_ACCOUNT_ID,
      regionId: 'ap-northeast-1',
      decidedOn: TODAY,
      currency: null,
    });
    const [event] = await context.ports.audit.list(context.scope, 1);
    expect(event).toMatchObject({ action: 'exemptionAdded', detail: { approver: 'K. Sato', revision: '1' } });
  });

  it('takes an account or a tag for one rule, and a bound in the only currency', async () => {
    expect(await add({ detectorId: 'test-detector', accountId: EXAMPLE_ACCOUNT_ID, maximumMonthlyCost: '50.00' })).toMatchObject({
      maximumMonthlyCost: '50',
      currency: 'USD',
    });
    expect(await add({ detectorId: 'test-detector', tagKey: 'env', tagValue: 'dr' })).toMatchObject({
      tagKey: 'env',
      tagValue: 'dr',
    });
  });

  it.each([
    ['nothing to be about', {}, 'name a resource'],
    ['an account for every rule', { accountId: EXAMPLE_ACCOUNT_ID }, 'for one rule only'],
    ['a resource and a tag', { resourceId: 'vol-0a', tagKey: 'env', tagValue: 'dr' }, 'a resource and a tag'],
    ['a day that has come', { resourceId: 'vol-0a', expiresOn: TODAY }, 'not after today'],
    ['a day too far away', { resourceId: 'vol-0a', expiresOn: addDays(TODAY, 401) }, '400 days'],
    ['a day that is none', { resourceId: 'vol-0a', expiresOn: '2027-02-30' }, 'calendar day'],
    ['a rule that is none', { resourceId: 'vol-0a', detectorId: 'no-rule' }, 'no rule'],
    ['no reason', { resourceId: 'vol-0a', reason: '  ' }, 'reason'],
    ['a reason over lines', { resourceId: 'vol-0a', reason: 'a\nb' }, 'one line'],
    ['a bound that is none', { resourceId: 'vol-0a', maximumMonthlyCost: '-5' }, 'maximumMonthlyCost'],
    ['a word too many', { resourceId: 'vol-0a', forever: true }, 'forever'],
    ['a name of several', { resourceId: 'logs' }, '2 resources'],
  ])('refuses %s', async (_what, terms, words) => {
    await expect(add(terms)).rejects.toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining(words) });
    expect(await list()).toEqual([]);
  });

  it('does not find what nobody has', async () => {
    await expect(add({ resourceId: 'i-0nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(add({ detectorId: 'test-detector', accountId: '999999999999' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await add({ resourceId: 'logs', accountId: '222233334444' })).toMatchObject({ accountId: '222233334444' });
  });

  it('of the same thing again is its next decision', async () => {
    const first = await add({ resourceId: 'vol-0a' });
    const second = await add({ resourceId: VOLUME, owner: 'Another team' });
    expect(second).toMatchObject({ id: first.id, revision: 2 });
    expect((await list())[0]?.history.map(({ owner }) => owner)).toEqual(['Web team', 'Another team']);
  });
});

describe('the list', () => {
  it('says what holds, what it covers by the last turn, and what has outgrown its bound', async () => {
    const { id } = await add({ resourceId: machine.resourceId });
    const by = { ...WHO, exemptionId: id, maximumMonthlyCost: null, monthlyCost: '90', acceptedMonthlyCost: '20.5' };
    last = [
      aRecommendation({ status: 'exempted', exemption: by }),
      aRecommendation({ id: 'r-2', status: 'exempted', exemption: by }),
    ];
    expect(await list()).toMatchObject([
      { state: 'live', isOutgrown: false, recommendations: 2, acceptedCost: [{ currency: 'USD', monthlyCost: '41' }] },
    ]);
    const reopened = {
      exemptionId: id,
      because: 'outgrown' as const,
      day: TODAY,
      owner: 'Web team',
      expiresOn: WHO.expiresOn,
      maximumMonthlyCost: '1',
      monthlyCost: '90',
    };
    last = [aRecommendation({ reopened })];
    expect(await list()).toMatchObject([{ isOutgrown: true, recommendations: 0 }]);
  });

  it('leaves out what is over, unless all is asked for', async () => {
    const ended = await add({ resourceId: 'vol-0a' });
    await add({ resourceId: machine.resourceId });
    await endExemption(context, { id: ended.id, because: 'The audit is over' });
    today = WHO.expiresOn;
    expect(await list(false)).toEqual([]);
    expect((await list()).map(({ state }) => state).toSorted()).toEqual(['ended', 'expired']);
  });
});

describe('a list that people keep', () => {
  const rowOf = (given: object = {}) => ({ ...WHO, resourceId: 'i-0gone', ...given });
  const take = (rows: readonly unknown[]) => importExemptions(context, { rows, name: 'list.csv', catalogue });

  it('is taken as written, and the same list again changes nothing, also when its days have passed', async () => {
    const rows = [rowOf(), rowOf({ resourceId: null, detectorId: 'test-detector', tagKey: 'env', tagValue: null })];
    expect(await take(rows)).toMatchObject({ added: 2, changed: 0, unchanged: 0 });
    expect(await take(rows)).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
    expect(await take([rows[0], rowOf({ resourceId: 'i-0new' })])).toMatchObject({ added: 1, unchanged: 1 });
    expect(await take([rowOf({ owner: 'Another team' })])).toMatchObject({ changed: 1 });
    today = addDays(TODAY, 100);
    expect(await take([rowOf({ owner: 'Another team' })])).toMatchObject({ unchanged: 1 });
  });

  it('is taken whole or not at all, and each problem names its place', async () => {
    const rows = [rowOf(), rowOf(), rowOf({ resourceId: 'i-0b', expiresOn: '2020-01-01' }), 'nonsense'];
    const error = await take(rows).catch((cause: Error) => cause);
    expect(error).toMatchObject({ code: 'INVALID_INPUT' });
    expect(String(error)).toMatch(/2: the same as 1; 3: expiresOn: .*; 4: /);
    expect(await list()).toEqual([]);
  });
});

describe('ending one', () => {
  it('needs a reason, and one of the tenant', async () => {
    const { id } = await add({ resourceId: 'vol-0a' });
    await expect(endExemption(context, { id, because: ' ' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(endExemption(context, { id: crypto.randomUUID(), because: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await endExemption(context, { id, because: 'over' })).toMatchObject({ change: 'ended', endedBecause: 'over' });
  });
});
