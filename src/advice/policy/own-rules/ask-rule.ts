import { Exact } from '../../../kernel/money.ts';
import type { ReadRule } from './check-rule.ts';
import type { Expression } from './expression.ts';

/** What a rule says to facts, before anybody works out money. */
export type RuleAnswer =
  /** Null: it saves nothing. */
  | { readonly kind: 'finding'; readonly savingsShare: Exact | null }
  | { readonly kind: 'healthy' }
  | { readonly kind: 'notApplicable' }
  /** Message ids. */
  | { readonly kind: 'unknown'; readonly missing: readonly string[] };

/** Never throws over what the rule or the facts say: what an expression cannot tell is not known. */
export function askRule({ appliesTo, when, savingsShare }: ReadRule, facts: Readonly<Record<string, unknown>>): RuleAnswer {
  const applies = appliesTo ? told(appliesTo, facts) : true;
  if (typeof applies === 'object') return applies;
  if (!applies) return { kind: 'notApplicable' };
  const found = told(when, facts);
  if (typeof found === 'object') return found;
  if (!found) return { kind: 'healthy' };
  return savingsShare === null ? { kind: 'finding', savingsShare: null } : withShare(savingsShare, facts);
}

type Unknown = Extract<RuleAnswer, { kind: 'unknown' }>;

function told(expression: Expression, facts: Readonly<Record<string, unknown>>): boolean | Unknown {
  const answer = expression.evaluate(facts);
  if (answer.kind === 'missing') return unknown(answer.fact);
  return typeof answer.value === 'boolean' ? answer.value : unknown(null);
}

function withShare(expression: Expression, facts: Readonly<Record<string, unknown>>): RuleAnswer {
  const answer = expression.evaluate(facts);
  if (answer.kind === 'missing') return unknown(answer.fact);
  const share = Number(answer.value);
  if (!(share >= 0 && share <= 1)) return { kind: 'unknown', missing: ['ownRule.shareOutOfBounds'] };
  return { kind: 'finding', savingsShare: new Exact(String(share)) };
}

function unknown(fact: string | null): Unknown {
  return { kind: 'unknown', missing: [fact === null ? 'ownRule.cannotTell' : `ownRuleFact.${fact}`] };
}
