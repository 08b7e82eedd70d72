import { describe, expect, it } from 'vitest';
import { MAXIMUM_EXPRESSION_CHARACTERS, readExpression } from '../../../../src/advice/policy/own-rules/expression.ts';

const read = (text: string, wanted: 'bool' | 'number' = 'bool') => readExpression(text, wanted);
const evaluate = (text: string, facts: object, wanted: 'bool' | 'number' = 'bool') => {
  const found = read(text, wanted);
  if (!('evaluate' in found)) throw new Error(found.said ?? found.reason);
  return found.evaluate(facts as Readonly<Record<string, unknown>>);
};

describe('an expression', () => {
  it.each([
    ['monthlyCost >= 10', true],
    ['tags["Owner"] == "web" && regionId.startsWith("ap-")', true],
    ['!("Cost" in tags)', true],
    ['tags[?"Cost"].orValue("none") == "none"', true],
    ['usageTypes.exists(type, type.startsWith("BoxUsage:"))', true],
    ['monthlyCostByUsageType["BoxUsage:m5.large"] > 100.0', false],
    ['ageDays > 90', false],
  ])('%s', (text, value) => {
    const facts = {
      monthlyCost: 10,
      tags: new Map([['Owner', 'web']]),
      regionId: 'ap-northeast-1',
      usageTypes: ['BoxUsage:m5.large'],
      monthlyCostByUsageType: new Map([['BoxUsage:m5.large', 90.5]]),
      ageDays: 90n,
    };
    expect(evaluate(text, facts)).toEqual({ kind: 'value', value });
  });

  it('names the fact that is not known, and takes what decides without it', () => {
    expect(evaluate('cpuMaximumPercent < 5.0', {})).toEqual({ kind: 'missing', fact: 'cpuMaximumPercent' });
    expect(evaluate('cpuMaximumPercent < 5.0 || monthlyCost > 1.0', { monthlyCost: 2 })).toEqual({ kind: 'value', value: true });
    expect(evaluate('tags["Owner"] == "x"', { tags: new Map() })).toEqual({ kind: 'missing', fact: null });
  });

  it('reads a tag that is called __proto__ or constructor as a tag', () => {
    expect(evaluate('tags["__proto__"] == "x"', { tags: new Map([['__proto__', 'x']]) })).toEqual({ kind: 'value', value: true });
    expect(evaluate('"constructor" in tags', { tags: new Map() })).toEqual({ kind: 'value', value: false });
  });

  it.each([
    ['a word that is no fact', 'monthlyCst > 1.0', 'expressionWrong', 0],
    ['what cannot be compared', 'regionId > 5', 'expressionWrong', 0],
    ['an open text', 'regionId == "x', 'expressionWrong', 12],
    ['an answer that is no yes or no', 'monthlyCost', 'expressionType', 0],
    ['a pattern, which can take for ever', 'regionId.matches("(a+)+$")', 'expressionCall', 0],
    ['names for intermediate values, which double', 'cel.bind(a, regionId + regionId, a == "x")', 'expressionCall', 0],
    ['a clock', 'timestamp("2026-01-01T00:00:00Z") == timestamp("2026-01-01T00:00:00Z")', 'expressionCall', 0],
    ['a walk inside another', 'usageTypes.all(a, usageTypes.exists(b, a == b))', 'expressionNested', 18],
    ['what is too deep', `${'!'.repeat(200)}true`, 'expressionWrong', null],
    ['what is too large', `${'monthlyCost > 1.0 && '.repeat(90)}true`, 'expressionWrong', null],
  ])('is refused with its place: %s', (_what, text, reason, offset) => {
    const found = read(text);
    expect(found).toMatchObject({ reason });
    if (offset !== null) expect(found).toMatchObject({ offset });
  });

  it('is over in milliseconds on the most that facts can hold', () => {
    const walk = 'usageTypes.all(t, t.contains("zz") || t.startsWith("a") || t.size() > 0)';
    const text = Array.from({ length: 8 }, () => walk).join(' && ');
    expect(text.length).toBeLessThan(MAXIMUM_EXPRESSION_CHARACTERS);
    const started = performance.now();
    const facts = { usageTypes: Array.from({ length: 100 }, (_, i) => `${'x'.repeat(200)}${i}`) };
    for (let i = 0; i < 20; i += 1) expect(evaluate(text, facts)).toEqual({ kind: 'value', value: true });
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
