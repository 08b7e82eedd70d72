import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { missingInWords } from '../../src/advice/missing-words.ts';
import { LOCALES } from '../../src/kernel/locale.ts';

const COVERAGE_STATES = ['notEnrolled', 'accessDenied', 'failed', 'notPulled', 'tooOld'];

/** The ids that the code of the judge and the detectors can answer with, found in its text: "missing: ['x']", "missing: [c ? 'x' : 'y']", "prices.x". */
function idsInSource(): string[] {
  const folder = `${import.meta.dirname}/../../src/advice`;
  const files = ['judge.ts', ...globSync('detectors/**/*.ts', { cwd: folder })];
  const source = files.map((file) => readFileSync(`${folder}/${file}`, 'utf8')).join('\n');
  const lists = [...source.matchAll(/missing: \[([^\]]*)\]/g)].map(([, list = '']) => list);
  const inLists = lists.flatMap((list) => [...list.matchAll(/'([\w.]+)'/g)].map(([, id = '']) => id));
  const prices = [...source.matchAll(/'(prices\.\w+)'/g)].map(([, id = '']) => id);
  return [...new Set([...inLists, ...prices])];
}

describe('what is missing, in words', () => {
  it('says which fact, and why it is not there', () => {
    expect(missingInWords('computeOptimizer.notEnrolled', 'en')).toBe('Compute Optimizer is not switched on there');
    expect(missingInWords('prices.notFound', 'ja')).toBe('定価が見つかりませんでした');
    expect(missingInWords('shortHistory', 'en')).toBe('The history is shorter than the look-back');
  });

  it('has words in both languages for every id in the source of the judge and the detectors', () => {
    const states = ['usageByResource', 'usageByAccount', 'computeOptimizer', 'prices'].flatMap((fact) =>
      COVERAGE_STATES.map((state) => `${fact}.${state}`),
    );
    const ids = [...idsInSource(), ...states, 'prices.notFound', 'prices.ambiguous'];
    expect(ids).toContain('detectorFailed');
    expect(ids).toContain('computeOptimizer.notAnalysed');
    for (const locale of LOCALES) expect(ids.filter((id) => missingInWords(id, locale) === id)).toEqual([]);
  });

  it.each(['somethingNew', 'prices.somethingNew', 'constructor', 'constructor.failed', ''])('shows %j as it is', (because) => {
    expect(missingInWords(because, 'ja')).toBe(because);
  });
});
