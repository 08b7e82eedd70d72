import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../src/advice/detectors/index.ts';
import type { Recommendation } from '../../src/advice/recommendation.ts';
import { fingerprintUuid } from '../../src/kernel/fingerprint.ts';
import { aRecommendation } from '../support/advice-arbitraries.ts';
import { bearer, serveMemory, type TestServer } from './test-server.ts';

/** Schemas that are stricter than what the detectors say would answer 500: so each detector's own example goes out once. */
const examples: readonly Recommendation[] = catalogue.map(({ detector }) => {
  const { outcome } = detector.runExample();
  if (outcome.kind !== 'finding') throw new Error(`the example of ${detector.id} is no finding`);
  const { evidence, savings, confidence, priceBasis, effect } = outcome;
  const { category, actionType, resourceType, effort, bestPractices } = detector;
  const id = fingerprintUuid(detector.id);
  const said = { evidence, savings, confidence, priceBasis, effect };
  return aRecommendation({ id, detectorId: detector.id, category, actionType, resourceType, effort, bestPractices, ...said });
});

let server: TestServer;
let key: string;
beforeAll(async () => {
  const made = await serveMemory({ catalogue });
  server = made.server;
  Object.assign(made.world.ports.recommendations, {
    get: async (_scope: unknown, id: string) => examples.find((item) => item.id === id) ?? null,
    list: async () => ({ items: examples, next: null, count: examples.length }),
    events: async () => [],
  });
  key = await server.keyFor(made.a, 'viewer');
});
afterAll(() => server.listening.close());

const get = (path: string, language: string) => server.json(`/api/v1${path}`, bearer(key, { 'accept-language': language }));

describe.each(['en', 'ja'])('the catalogue as it is, in %s', (language) => {
  it('is listed whole', async () => {
    const { status, body } = await get('/catalogue', language);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.items.map((item: { id: string }) => item.id)).toEqual(catalogue.map(({ detector }) => detector.id));
  });

  it.each(catalogue.map(({ detector }) => detector.id))('explains %s by itself and by its example', async (id) => {
    expect((await get(`/catalogue/${id}`, language)).status).toBe(200);
    const { status, body } = await get(`/recommendations/${fingerprintUuid(id)}`, language);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.explanation.sentence).not.toMatch(/[{}]|undefined|NaN/);
  });

  it('has a row for each example in the list', async () => {
    const { status, body } = await get('/recommendations', language);
    expect([status, body.items?.length]).toEqual([200, catalogue.length]);
  });
});
