import { describe, expect, it } from 'vitest';
import { missingInWords } from '../../src/advice/missing-words.ts';

describe('what is missing, in words', () => {
  it('says which fact, and why it is not there', () => {
    expect(missingInWords('computeOptimizer.notEnrolled', 'en')).toBe('Compute Optimizer is not switched on there');
    expect(missingInWords('prices.notFound', 'ja')).toBe('定価が見つかりませんでした');
    expect(missingInWords('shortHistory', 'en')).toBe('The history is shorter than the look-back');
  });

  it.each(['somethingNew', 'prices.somethingNew', 'constructor', 'constructor.failed', ''])('shows %j as it is', (because) => {
    expect(missingInWords(because, 'ja')).toBe(because);
  });
});
