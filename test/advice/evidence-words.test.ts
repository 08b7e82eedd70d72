import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/advice/detectors/index.ts';
import { doubtInWords } from '../../src/advice/doubt-words.ts';
import { evidenceInWords } from '../../src/advice/evidence-words.ts';
import { LOCALES } from '../../src/kernel/locale.ts';

describe('evidence in words', () => {
  it.each(catalogue.map(({ detector }) => [detector.id, detector] as const))('%s: every field has a label', (_, detector) => {
    const { expected } = detector.runExample();
    for (const locale of LOCALES) {
      const told = evidenceInWords(expected, 'USD', locale);
      expect(told.length).toBeGreaterThan(0);
      expect(told.filter(({ field, label }) => label === field)).toEqual([]);
      expect(new Set(told.map(({ label }) => label)).size).toBe(told.length);
    }
  });

  it('formats amounts and keeps what it has no label for', () => {
    expect(evidenceInWords({ monthlyCost: '1234.5', constructor: 'x', pricedPercent: '100' }, 'USD', 'en')).toEqual([
      { field: 'monthlyCost', label: 'Cost a month', value: '$1,234.50' },
      { field: 'constructor', label: 'constructor', value: 'x' },
      { field: 'pricedPercent', label: 'Usage with a known price (%)', value: '100' },
    ]);
  });
});

describe('doubts in words', () => {
  it('says why we are less sure, in the language of the reader', () => {
    expect(doubtInWords('memoryNotMeasured', 'en')).toBe('Memory use is not measured');
    expect(doubtInWords('memoryNotMeasured', 'ja')).toBe('メモリ使用率が測定されていません');
  });

  it.each(['somethingNew', 'toString', ''])('shows %j as it is', (because) => {
    expect(doubtInWords(because, 'en')).toBe(because);
  });
});
