import { type Expression, type ExpressionProblem, readExpression } from './expression.ts';
import { OWN_RULE_FACTS, type OwnRuleFact } from './facts.ts';
import type { OwnRule } from './rule.ts';

/** A rule whose expressions have been read, ready to be asked. */
export interface ReadRule {
  readonly rule: OwnRule;
  readonly appliesTo: Expression | null;
  readonly when: Expression;
  readonly savingsShare: Expression | null;
}

export interface RuleProblem {
  /** Within the rule. */
  readonly path: readonly (string | number)[];
  readonly problem: ExpressionProblem | { readonly reason: 'unknownFact' | 'factType'; readonly said: string };
}

/** All that is wrong with the expressions and examples of a rule, or the rule ready to be asked. */
export function readRule(rule: OwnRule): ReadRule | readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  const read = (name: 'appliesTo' | 'when' | 'savingsShare', wanted: 'bool' | 'number'): Expression | null => {
    const text = rule[name];
    if (text === undefined) return null;
    const found = readExpression(text, wanted);
    if ('evaluate' in found) return found;
    problems.push({ path: [name], problem: found });
    return null;
  };
  const [appliesTo, when, savingsShare] = [read('appliesTo', 'bool'), read('when', 'bool'), read('savingsShare', 'number')];
  problems.push(...exampleProblems(rule));
  return when === null || problems.length > 0 ? problems : { rule, appliesTo, when, savingsShare };
}

function exampleProblems({ examples = [] }: OwnRule): RuleProblem[] {
  return examples.flatMap(({ facts }, index) =>
    Object.entries(facts).flatMap(([name, value]): RuleProblem[] => {
      const path = ['examples', index, 'facts', name];
      const known = Object.hasOwn(OWN_RULE_FACTS, name) ? (OWN_RULE_FACTS as Record<string, OwnRuleFact>)[name] : undefined;
      if (known === undefined) return [{ path, problem: { reason: 'unknownFact', said: name } }];
      return exampleValue(known, value) === undefined ? [{ path, problem: { reason: 'factType', said: known.type } }] : [];
    }),
  );
}

/** A value of YAML as the fact's type; undefined: it is not of it. */
export function exampleValue({ type }: OwnRuleFact, value: unknown): unknown {
  switch (type) {
    case 'int':
      return Number.isSafeInteger(value) ? BigInt(value as number) : undefined;
    case 'double':
      return typeof value === 'number' ? value : undefined;
    case 'string':
      return typeof value === 'string' ? value : undefined;
    case 'bool':
      return typeof value === 'boolean' ? value : undefined;
    case 'list<string>':
      return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
    case 'map<string, string>':
      return mapOf(value, 'string');
    case 'map<string, double>':
      return mapOf(value, 'number');
  }
}

function mapOf(value: unknown, type: 'string' | 'number'): ReadonlyMap<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  return entries.every(([, item]) => typeof item === type) ? new Map(entries) : undefined;
}
