import { describe, expect, it } from 'vitest';
import type { Exemption } from '../../src/advice/exemption.ts';
import { priceQuestionsOf } from '../../src/advice/price-questions.ts';
import type { Advice, Recommendation } from '../../src/advice/recommendation.ts';
import { addDays, type Day } from '../../src/kernel/calendar.ts';
import type { Snapshot } from '../../src/ledger/snapshot.ts';
import { advise, dayToLook } from '../../src/operations/advise.ts';
import { getDetector, listDetectors } from '../../src/operations/catalogue.ts';
import type { Context } from '../../src/operations/context.ts';
import { getRecommendation } from '../../src/operations/get-recommendation.ts';
import { listRecommendations } from '../../src/operations/list-recommendations.ts';
import type { Ports } from '../../src/operations/ports/index.ts';
import { aCatalogueEntry, aDetector, anAccount, anInstance, aSnapshot } from '../support/builders.ts';
import { noPolicies } from '../support/no-policies.ts';

const TODAY = '2026-11-24';

/** A tenant whose ledger and store are two variables. */
function aTenant({
  dataAsOf = '2026-11-23',
  resources = [anInstance()] as Snapshot['resources'],
  previous = [] as Recommendation[],
  exemptions = [] as Exemption[],
} = {}) {
  const saved: Advice[] = [];
  const asked: { asOf: Day; currency: string | null }[] = [];
  const ports = {
    ledgerReader: { freshness: async () => ({ dataAsOf, closedMonths: [], currencies: ['USD'] }) },
    snapshots: {
      snapshot: async (_scope: unknown, question: { asOf: Day; currency: string | null }) => {
        asked.push(question);
        return aSnapshot({ asOf: question.asOf, dataAsOf, resources });
      },
    },
    policies: noPolicies,
    exemptions: { current: async () => exemptions },
    decisions: { current: async () => [] },
    recommendations: {
      current: async () => previous,
      save: async (_scope: unknown, advice: Advice) => void saved.push(advice),
      latest: async () => saved.at(-1) ?? null,
      list: async () => ({ items: saved.at(-1)?.recommendations ?? [], next: null, count: 1 }),
      get: async (_scope: unknown, id: string) => saved.at(-1)?.recommendations.find((item) => item.id === id) ?? null,
      events: async () => [],
    },
  };
  const context: Context = {
    scope: { tenantId: 't', actor: { kind: 'localOperator', id: 'o', label: 'operator', role: 'tenantAdmin' } },
    locale: 'ja',
    now: () => new Date(`${TODAY}T10:00:00Z`),
    // Only these ports are touched by the verbs under test.
    ports: ports as unknown as Ports,
    progress: null,
  };
  return { context, saved, asked };
}

describe('the day on which we look', () => {
  it('is today while the figures are fresh', async () => {
    expect(await dayToLook(aTenant({ dataAsOf: '2026-11-23' }).context)).toBe(TODAY);
    expect(await dayToLook(aTenant({ dataAsOf: '2026-11-20' }).context)).toBe(TODAY);
  });

  it('is the day on which the last days of an old bill had settled', async () => {
    const { context } = aTenant({ dataAsOf: '2018-10-31' });
    expect(await dayToLook(context)).toBe('2018-11-04');
    const { asOf } = await advise(context, { detectors: [] });
    expect(asOf).toBe('2018-11-04');
  });

  it('is the one that was asked for, if it is a day', async () => {
    expect(await dayToLook(aTenant().context, '2026-01-31')).toBe('2026-01-31');
    await expect(dayToLook(aTenant().context, '2026-02-31')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('advise', () => {
  it('judges the snapshot, saves the turn and returns it', async () => {
    const { context, saved } = aTenant();
    const advice = await advise(context, { detectors: [aDetector()] });
    expect(advice.recommendations).toHaveLength(1);
    expect(saved).toEqual([advice]);
  });

  it('keeps what people answered', async () => {
    const first = await advise(aTenant().context, { detectors: [aDetector()] });
    const previous = first.recommendations.map((item) => ({ ...item, status: 'dismissed' as const }));
    const again = await advise(aTenant({ previous }).context, { detectors: [aDetector()] });
    expect(again.recommendations[0]?.status).toBe('dismissed');
    expect(again.totals.gross).toBe('0');
  });

  it('leaves recommendations in another currency alone', async () => {
    const first = await advise(aTenant().context, { detectors: [aDetector()] });
    const yen = first.recommendations.map((item) => ({ ...item, id: 'yen', currency: 'JPY' }));
    const { recommendations } = await advise(aTenant({ previous: yen }).context, { detectors: [aDetector()] });
    expect(recommendations.map((item) => item.id)).not.toContain('yen');
  });

  it('asks for the currency that was named', async () => {
    const { context, asked } = aTenant();
    await advise(context, { detectors: [], currency: 'EUR', asOf: addDays(TODAY, -1) });
    expect(asked).toEqual([{ asOf: '2026-11-23', currency: 'EUR' }]);
  });
});

describe('recommendations', () => {
  const catalogue = [aCatalogueEntry()];

  it('are listed with titles in the reader’s language and the totals of the whole turn', async () => {
    const { context } = aTenant();
    await advise(context, { detectors: [aDetector()] });
    const filter = { statuses: ['open'] as const };
    const list = await listRecommendations(context, { filter, sort: 'rank', limit: 10, after: null, catalogue });
    expect(list.items[0]?.title).toBe('Instances fit their work（日本語）');
    expect(list.latest?.totals.gross).toBe('20');
  });

  it('are empty, not an error, before the first turn', async () => {
    const filter = { statuses: ['open'] as const };
    const list = await listRecommendations(aTenant().context, { filter, sort: 'rank', limit: 10, after: null, catalogue });
    expect(list).toMatchObject({ items: [], latest: null });
  });

  it('can be had one by one, with evidence, words and code', async () => {
    const { context } = aTenant();
    const id = (await advise(context, { detectors: [aDetector()] })).recommendations[0]?.id ?? '';
    const detail = await getRecommendation(context, { id, catalogue });
    expect(detail.recommendation.evidence).toEqual({ instance: 'm5.large' });
    expect(detail.explanation).toMatchObject({
      sentence: 'It is a m5.large.（日本語）',
      cli: 'aws ec2 describe-instances --instance-ids i-0aaaaaaaaaaaaaaa1',
    });
  });

  it('that do not exist are not found', async () => {
    await expect(getRecommendation(aTenant().context, { id: 'x', catalogue })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the catalogue', () => {
  const catalogue = [aCatalogueEntry()];

  it('lists each detector with a schema of what may be set, in which defaults are not required', () => {
    expect(listDetectors(catalogue, 'en')).toMatchObject([
      { id: 'test-detector', title: 'Instances fit their work', thresholds: { type: 'object', additionalProperties: false } },
    ]);
  });

  it('says so when there is no such detector', () => {
    expect(() => getDetector(catalogue, 'nope', 'en')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  });
});

describe('price questions', () => {
  const question = {
    serviceCode: 'AmazonEC2',
    regionId: 'ap-northeast-1',
    attributes: { instanceType: 'm5.large' },
    term: 'onDemand',
  } as const;

  it('are what the detectors would ask of this ledger, each once', async () => {
    const resources = [anInstance(), anInstance({ resourceId: 'i-0bbbbbbbbbbbbbbb2' })];
    const detector = aDetector({ pricesNeeded: () => [question, { ...question }] });
    expect(priceQuestionsOf(aSnapshot({ resources }), [detector])).toEqual([question]);
  });

  it('go on without a detector that fails', async () => {
    const broken = aDetector({
      pricesNeeded: () => {
        throw new Error('no');
      },
    });
    const sound = aDetector({
      select: () => [{ accountId: anAccount().accountId, regionId: null, resourceId: null, resourceType: 'Account' }],
      pricesNeeded: () => [question],
    });
    expect(priceQuestionsOf(aSnapshot(), [broken, sound])).toEqual([question]);
  });
});
