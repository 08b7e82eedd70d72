import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { decisionStore } from '../../src/adapters/postgres/recommendations/decision-store.ts';
import { recommendationStore } from '../../src/adapters/postgres/recommendations/recommendation-store.ts';
import { auditStore } from '../../src/adapters/postgres/tenant-store.ts';
import { legalDecisions } from '../../src/advice/decision.ts';
import { isLive } from '../../src/advice/deduplicate.ts';
import type { Detector } from '../../src/advice/detector.ts';
import type { Recommendation } from '../../src/advice/recommendation.ts';
import { totalsOf } from '../../src/advice/totals.ts';
import { addDays } from '../../src/kernel/calendar.ts';
import { exact, plain, sumExact } from '../../src/kernel/money.ts';
import { advise } from '../../src/operations/advise.ts';
import type { Context } from '../../src/operations/context.ts';
import { decide } from '../../src/operations/decide.ts';
import { readFilter } from '../../src/operations/decisions/named.ts';
import type { Ports } from '../../src/operations/ports/index.ts';
import { recommendationHistory } from '../../src/operations/recommendation-history.ts';
import { aWorld } from '../adapters/postgres/ledger/world.ts';
import { aCatalogueEntry, aDetector, anInstance, aSnapshot } from '../support/builders.ts';
import { testDatabase } from '../support/database.ts';
import { noPolicies } from '../support/no-policies.ts';

const db = testDatabase();
const TODAY = aSnapshot().asOf;
const MACHINES = ['i-0aaaaaaaaaaaaaaa1', 'i-0bbbbbbbbbbbbbbb2'].map((resourceId) => anInstance({ resourceId }));
const RULES = [aDetector(), aDetector({ id: 'stops', actionType: 'Stop', savings: { low: '50', expected: '50', high: '50' } })];
const catalogue = [aCatalogueEntry()];
const ACCEPT = { to: 'accepted', owner: 'Web team' };
let context: Context;
let today = TODAY;

async function aTenant(): Promise<Context> {
  const { scope } = await aWorld(db);
  const ports = {
    decisions: decisionStore(db.database),
    recommendations: recommendationStore(db.database),
    audit: auditStore(db.database),
    exemptions: { current: async () => [] },
    policies: noPolicies,
    ledgerReader: { freshness: async () => ({ dataAsOf: TODAY, closedMonths: [], currencies: ['USD'] }) },
    snapshots: { snapshot: async () => ({ ...aSnapshot({ resources: MACHINES }), tenantId: scope.tenantId }) },
  };
  // Only these ports are touched by the verbs under test.
  return { scope, locale: 'en', now: () => new Date(`${today}T10:00:00Z`), ports: ports as unknown as Ports, progress: null };
}

const turn = (detectors: readonly Detector[] = RULES) => advise(context, { detectors });
const known = async (): Promise<readonly Recommendation[]> => context.ports.recommendations.current(context.scope);
const one = async (detectorId = 'test-detector', machine = 0): Promise<Recommendation> => {
  const found = (await known()).find(
    (item) => item.detectorId === detectorId && item.resourceId === MACHINES[machine]?.resourceId,
  );
  if (!found) throw new Error('one');
  return found;
};
const say = (about: string, terms: object, dryRun = false) => decide(context, { about: [about], terms, dryRun, catalogue });
const history = async (id: string) => (await recommendationHistory(context, id)).entries;

beforeEach(async () => {
  today = TODAY;
  context = await aTenant();
  await turn();
});

describe('deciding', () => {
  it('keeps who, when and why at once, and the next turn leaves it so', async () => {
    const { id } = await one();
    const terms = {
      ...ACCEPT,
      dueOn: addDays(TODAY, 30),
      approval: 'requested',
      approvalReference: 'R-114',
      proposer: 'A. Mori',
    };
    const done = await say(id, { ...terms, implementationCost: '100' });
    expect(done.items).toMatchObject([
      { from: 'open', changed: true, recommendation: { status: 'accepted', decision: { decider: 'test', number: 1 } } },
    ]);
    await turn();
    expect(await one()).toMatchObject({
      status: 'accepted',
      supersededBy: null,
      decision: { owner: 'Web team', proposer: 'A. Mori', approval: { state: 'requested', reference: 'R-114' } },
    });
    const again = await say(id, { to: 'accepted', approval: 'approved', approver: 'K. Sato', approvalDay: TODAY });
    expect(again.items[0]?.recommendation).toMatchObject({
      paybackMonths: '5',
      decision: { owner: 'Web team', dueOn: addDays(TODAY, 30), approval: { reference: 'R-114', approver: 'K. Sato' } },
    });
    const [event] = await context.ports.audit.list(context.scope, 1);
    expect(event).toMatchObject({ action: 'recommendationDecided', subject: id, detail: { to: 'accepted', number: '2' } });
  });

  it('knows three names: who proposed, who decided and who did it', async () => {
    const { id } = await one();
    await say(id, { ...ACCEPT, proposer: 'A. Mori', decider: 'K. Sato' });
    await say(id, { to: 'implemented', implementer: 'M. Tanaka', implementedOn: TODAY });
    expect((await one()).decision).toMatchObject({
      proposer: 'A. Mori',
      decider: 'K. Sato',
      implementer: 'M. Tanaka',
      number: 2,
    });
    expect((await history(id)).map(({ from, to }) => [from, to])).toEqual([
      [null, 'open'],
      ['open', 'accepted'],
      ['accepted', 'implemented'],
    ]);
  });

  it('takes a resource that has one recommendation, and names them where there are several', async () => {
    await expect(say(MACHINES[0]?.resourceId ?? '', ACCEPT)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('2 recommendations'),
    });
    await turn([aDetector()]);
    expect((await say('i-0aaaaaaaaaaaaaaa1', ACCEPT)).items).toHaveLength(1);
    await expect(say('i-0nobody', ACCEPT)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each([
    ['no owner', { to: 'accepted' }, 'owner'],
    ['a due day in the past', { ...ACCEPT, dueOn: addDays(TODAY, -1) }, 'dueOn'],
    ['an approval without its approver', { ...ACCEPT, approval: 'approved' }, 'approver and day'],
    ['a snooze that is over', { to: 'snoozed', snoozedUntil: TODAY }, 'not after today'],
    ['a snooze for ever', { to: 'snoozed', snoozedUntil: addDays(TODAY, 401) }, '400 days'],
    ['a dismissal without a reason', { to: 'dismissed' }, 'tooSmall'],
    ['another reason without words', { to: 'dismissed', dismissedBecause: 'other' }, 'comment'],
    ['what nobody has done', { to: 'implemented', implementedOn: TODAY }, 'implementer'],
    ['a day that has not come', { to: 'implemented', implementer: 'x', implementedOn: addDays(TODAY, 2) }, 'not come yet'],
    ['what is not gone, as seen', { to: 'implemented', implementer: 'x', seenAsDone: true }, 'still in the data'],
    ['a word of another status', { to: 'snoozed', snoozedUntil: addDays(TODAY, 2), owner: 'x' }, 'owner'],
    ['opening what is open', { to: 'open', comment: 'x' }, 'legal are accepted, implemented, snoozed, dismissed'],
  ])('refuses %s', async (_what, terms, words) => {
    const { id } = await one();
    await expect(say(id, terms)).rejects.toMatchObject({ message: expect.stringContaining(words) });
    expect((await one()).decision).toBeNull();
    expect(await history(id)).toHaveLength(1);
  });
});

describe('many at once', () => {
  const filtered = (dryRun: boolean, filter = 'detector=stops') =>
    decide(context, {
      about: readFilter(filter),
      terms: { to: 'dismissed', dismissedBecause: 'riskTooHigh' },
      dryRun,
      catalogue,
    });

  it('says what would change and keeps nothing, then keeps it, and what was behind counts again', async () => {
    const before = await known();
    expect((await filtered(true)).items.map(({ changed, recommendation }) => [changed, recommendation.status])).toEqual([
      [true, 'dismissed'],
      [true, 'dismissed'],
    ]);
    expect(await known()).toEqual(before);
    await filtered(false);
    const { totals } = await turn();
    expect(totals).toMatchObject({ gross: '40', overlap: '0', net: '40' });
    await expect(filtered(false)).rejects.toMatchObject({ message: expect.stringContaining('nothing to decide') });
  });

  it('is all or nothing', async () => {
    const [a, b] = [await one(), await one('test-detector', 1)];
    await say(b.id, { to: 'dismissed', dismissedBecause: 'wrong' });
    const both = decide(context, {
      about: [a.id, b.id],
      terms: { to: 'implemented', implementer: 'x', implementedOn: TODAY },
      catalogue,
    });
    await expect(both).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining(`${b.id}: it is dismissed`) });
    expect((await one()).status).toBe('open');
  });

  it.each(['detector', 'owner=x', 'status=gone', 'detector=a,detector=b', ''])('does not read the filter "%s"', (text) => {
    expect(() => readFilter(text)).toThrow(/no part of a filter/);
  });
});

describe('what left the data', () => {
  it('is proposed as done, and a person confirms it with the last day on which it was seen', async () => {
    const { id } = await one();
    await say(id, ACCEPT);
    const healthy = RULES.map(({ id: rule }) => aDetector({ id: rule, outcome: () => ({ kind: 'healthy' }) }));
    await turn(healthy);
    expect(await one()).toMatchObject({ status: 'closed', closedBecause: 'seenAsDone' });
    await say(id, { to: 'implemented', implementer: 'M. Tanaka', seenAsDone: true });
    expect(await one()).toMatchObject({ status: 'implemented', decision: { implementedOn: TODAY, seenAsDone: true } });
    await turn(healthy);
    expect(await one()).toMatchObject({ status: 'closed', closedBecause: 'implemented' });
    expect((await say(id, { to: 'implemented', implementer: 'M. Tanaka', seenAsDone: true })).items[0]?.changed).toBe(false);
    await turn();
    expect((await history(id)).at(-1)).toMatchObject({ from: 'closed', to: 'open', because: 'seenAgain', decision: null });
  });
});

it('a decision taken while a turn is under way is not lost', async () => {
  const item = await one();
  const underWay = await turn();
  await say(item.id, ACCEPT);
  await context.ports.recommendations.save(context.scope, underWay);
  expect((await one()).status).toBe('accepted');
  await turn();
  expect(await one()).toMatchObject({ status: 'accepted', decision: { number: 1 } });
});

describe('laws of deciding', () => {
  const TERMS: Readonly<Record<string, object>> = {
    accepted: { ...ACCEPT, comment: 'yes' },
    implemented: { to: 'implemented', implementer: 'M. Tanaka', implementedOn: addDays(TODAY, -20) },
    snoozed: { to: 'snoozed' },
    dismissed: { to: 'dismissed', dismissedBecause: 'businessNeed' },
    open: { to: 'open', comment: 'again' },
  };
  const anyStep = fc.oneof(
    fc.record({ kind: fc.constant('decide' as const), which: fc.nat(3), to: fc.nat(4) }),
    fc.record({
      kind: fc.constant('turn' as const),
      days: fc.integer({ min: 0, max: 6 }),
      outcome: fc.constantFrom('finding', 'finding', 'healthy', 'dear'),
    }),
  );
  const rulesOf = (outcome: string): readonly Detector[] => {
    if (outcome === 'healthy') return RULES.map(({ id }) => aDetector({ id, outcome: () => ({ kind: 'healthy' }) }));
    return outcome === 'dear' ? [aDetector({ effect: { component: 'compute', monthlyCost: '900' } }), ...RULES.slice(1)] : RULES;
  };

  it('whatever people and turns do: gross less overlap is net, every change has its event, the same decision twice is once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 4, maxLength: 10 }), async (steps) => {
        today = TODAY;
        context = await aTenant();
        await turn();
        for (const step of steps) {
          if (step.kind === 'turn') {
            today = addDays(today, step.days);
            addsUp((await turn(rulesOf(step.outcome))).recommendations);
          } else await decideTwice(step.which, step.to);
          const stored = await known();
          const { gross, overlap, net } = totalsOf(stored);
          expect(plain(exact(gross).minus(overlap))).toBe(net);
          expect(stored.filter((item) => !isLive(item)).every(({ netMonthlySavings }) => netMonthlySavings === '0')).toBe(true);
        }
        for (const item of await known()) await isComplete(item);
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  async function decideTwice(which: number, number: number): Promise<void> {
    const item = (await known())[which];
    const legal = item ? legalDecisions(item) : [];
    const to = legal[number % Math.max(1, legal.length)];
    if (!item || to === undefined) return;
    const terms = { ...TERMS[to], ...(to === 'snoozed' && { snoozedUntil: addDays(today, 3) }) };
    await say(item.id, terms);
    const after = [await known(), await history(item.id)];
    expect((await say(item.id, terms)).items[0]?.changed).toBe(false);
    expect([await known(), await history(item.id)]).toEqual(after);
  }

  /** Each by itself, and all together. */
  function addsUp(items: readonly Recommendation[]): void {
    for (const { savings, reductions, netMonthlySavings } of items.filter(isLive)) {
      const taken = sumExact(reductions.map(({ amount }) => amount));
      expect(plain(exact(savings.expected).minus(taken))).toBe(netMonthlySavings);
    }
  }

  async function isComplete(item: Recommendation): Promise<void> {
    const entries = await history(item.id);
    entries.reduce<string | null>((was, { from, to }) => {
      expect(from).toBe(was);
      return to;
    }, null);
    expect(entries.at(-1)?.to).toBe(item.status);
    const numbers = entries.flatMap(({ decision }) => (decision ? [decision.number] : []));
    expect(numbers).toEqual(Array.from({ length: item.decision?.number ?? 0 }, (_, index) => index + 1));
  }
});
