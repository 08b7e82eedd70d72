import type { RuleAnswer } from './ask-rule.ts';
import { askRule } from './ask-rule.ts';
import { exampleValue, type ReadRule } from './check-rule.ts';
import { OWN_RULE_FACTS, type OwnRuleFact } from './facts.ts';

export interface ExampleResult {
  readonly ruleId: string;
  readonly example: string;
  readonly passed: boolean;
  readonly expected: RuleAnswer['kind'];
  readonly found: RuleAnswer['kind'];
  readonly expectedSavingsShare: number | null;
  readonly foundSavingsShare: number | null;
  /** What was not known. */
  readonly missing: readonly string[];
}

/** The rule held against its own examples. */
export function runExamples(read: ReadRule): ExampleResult[] {
  return (read.rule.examples ?? []).map(({ name, facts, expect, savingsShare }) => {
    const answer = askRule(read, exampleFacts(facts));
    const found = answer.kind === 'finding' ? (answer.savingsShare?.toNumber() ?? 0) : null;
    const isShareRight = savingsShare === undefined || (found !== null && Math.abs(found - savingsShare) < 1e-9);
    return {
      ruleId: read.rule.id,
      example: name,
      passed: answer.kind === expect && isShareRight,
      expected: expect,
      found: answer.kind,
      expectedSavingsShare: savingsShare ?? null,
      foundSavingsShare: found,
      missing: answer.kind === 'unknown' ? answer.missing : [],
    };
  });
}

function exampleFacts(facts: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const known: Record<string, unknown> = Object.create(null);
  for (const [name, value] of Object.entries(facts)) {
    const fact = (OWN_RULE_FACTS as Record<string, OwnRuleFact>)[name];
    if (fact) known[name] = exampleValue(fact, value);
  }
  return known;
}
