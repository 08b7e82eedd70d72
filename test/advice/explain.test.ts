import { describe, expect, it } from 'vitest';
import { adviceDocument } from '../../src/advice/advice-document.ts';
import { advise } from '../../src/advice/advise.ts';
import { explain } from '../../src/advice/explain.ts';
import { fillMessage, formatValue } from '../../src/advice/message.ts';
import { aCatalogueEntry, aDetector, anInstance, aSnapshot } from '../support/builders.ts';

const entry = aCatalogueEntry({ sentence: '{instance} costs {monthlyCost} a month' });
const item = {
  accountId: '111122223333',
  regionId: 'ap-northeast-1',
  resourceId: "i-0'; rm -rf /",
  resourceType: 'Ec2Instance' as const,
  currency: 'USD',
  evidence: { instance: 'm5.large', monthlyCost: '1234.5' },
};

describe('explain', () => {
  it('fills the words with evidence, amounts in the reader’s way', () => {
    expect(explain(entry, item, 'en').sentence).toBe('m5.large costs $1,234.50 a month');
    expect(explain(entry, item, 'ja').sentence).toBe('m5.large costs $1,234.50 a month（日本語）');
  });

  it('fills the code with the real id, harmless', () => {
    expect(explain(entry, item, 'en').cli).toBe(`aws ec2 describe-instances --instance-ids 'i-0'\\''; rm -rf /'`);
  });

  it('has no code where the advice names no resource', () => {
    expect(explain(entry, { ...item, resourceId: null }, 'en').cli).toBeNull();
  });
});

describe('a message', () => {
  const fill = (message: string, evidence: Record<string, string | number | boolean | null>) =>
    fillMessage(message, evidence, 'USD', 'en');

  it('counts in the language’s own plural', () => {
    const message = '{days, plural, one {# day} other {# days}}';
    expect([1, 14].map((days) => fill(message, { days }))).toEqual(['1 day', '14 days']);
  });

  it('keeps the small digits of a unit price', () => {
    expect(fill('{pricePerGb} is {gbPrice}', { pricePerGb: '0.096', gbPrice: '0.096' })).toBe('$0.0960 is $0.0960');
  });

  it('takes a share of money for a share, not for money', () => {
    expect(fill('{savingsPercent} % of {savings}', { savingsPercent: '20.2', savings: '20.2' })).toBe('20.2 % of $20.20');
  });

  it('says that something is not known, instead of nothing', () => {
    expect(fill('memory {memory}', { memory: null })).toBe('memory not known');
    expect(formatValue('memory', null, 'USD', 'ja')).toBe('不明');
  });

  it('takes a stranger’s text for text: no braces, no tags, one line', () => {
    expect(fill('{name}', { name: '{monthlyCost} <b>x</b>\nline' })).toBe('{monthlyCost} <b>x</b>\ufffdline');
  });

  it('shows yen without decimals', () => {
    expect(fillMessage('{monthlyCost}', { monthlyCost: '1234.5' }, 'JPY', 'ja')).toBe('￥1,235');
  });
});

describe('the document', () => {
  const snapshot = aSnapshot({ resources: [anInstance()] });
  const advice = advise({ snapshot, detectors: [aDetector()], previous: [] });

  it('has what strangers rely on', () => {
    const document = adviceDocument(advice, [aCatalogueEntry()], 'ja');
    expect(document).toMatchObject({
      asOf: snapshot.asOf,
      dataAsOf: snapshot.dataAsOf,
      currency: 'USD',
      basis: 'runningCost',
      totals: { gross: '20', overlap: '0', net: '20' },
      notJudged: [],
    });
    expect(document.recommendations).toMatchObject([
      {
        detectorId: 'test-detector',
        title: 'Instances fit their work（日本語）',
        status: 'open',
        confidence: 0.8,
        savings: { low: '9.2', expected: '20', high: '30' },
        netMonthlySavings: '20',
        supersededBy: null,
        benefitAccountId: null,
        fromDate: null,
        priceBasis: 'observed',
      },
    ]);
  });

  it('leaves out what is closed', () => {
    const closed = advise({
      snapshot: { ...snapshot, resources: [] },
      detectors: [aDetector()],
      previous: advice.recommendations,
    });
    expect(closed.recommendations).toHaveLength(1);
    expect(adviceDocument(closed, [aCatalogueEntry()], 'en').recommendations).toEqual([]);
  });

  it('keeps a recommendation whose detector is gone, under its id', () => {
    expect(adviceDocument(advice, [], 'en').recommendations[0]?.title).toBe('test-detector');
  });
});
