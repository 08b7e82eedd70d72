import { type ASTNode, Environment, EvaluationError } from '@marcbachmann/cel-js';
import { OWN_RULE_FACTS } from './facts.ts';

/** An expression that is longer is no rule that a person could check. */
export const MAXIMUM_EXPRESSION_CHARACTERS = 2_000;
const LIMITS = { maxAstNodes: 200, maxDepth: 30, maxListElements: 100, maxMapEntries: 50, maxCallArguments: 4 };
/**
 * All that may be called. Each takes time in proportion to what it is given, and none makes more of it: no patterns (they can take for ever),
 * no names for intermediate values (they double), no clock.
 */
const CALLABLE = new Set(
  'startsWith endsWith contains lowerAscii upperAscii trim size has exists exists_one all filter map orValue hasValue value double int string'.split(
    ' ',
  ),
);
/** One walks over all entries of a list; one inside the other would walk over each for each. */
const WALKS = new Set(['exists', 'exists_one', 'all', 'filter', 'map']);

const environment = Object.entries(OWN_RULE_FACTS).reduce(
  (so, [name, { type }]) => so.registerVariable(name, type),
  new Environment({ limits: LIMITS, enableOptionalTypes: true }),
);

export interface ExpressionProblem {
  /** Where in the expression. */
  readonly offset: number;
  readonly reason: ExpressionReason;
  /** The words of the language itself, in English; null for our own reasons. */
  readonly said: string | null;
}
export type ExpressionReason = 'expressionWrong' | 'expressionType' | 'expressionCall' | 'expressionNested';

export type Evaluated =
  | { readonly kind: 'value'; readonly value: unknown }
  /** A fact that is not known; null: it failed for another reason, such as a key that a map does not have. */
  | { readonly kind: 'missing'; readonly fact: string | null };

export interface Expression {
  readonly evaluate: (facts: Readonly<Record<string, unknown>>) => Evaluated;
}

/** Read and checked once; a wrong one is refused with its place. `wanted`: what it must give. */
export function readExpression(text: string, wanted: 'bool' | 'number'): Expression | ExpressionProblem {
  const checked = environment.check(text);
  if (!checked.valid) {
    const { error } = checked;
    return { offset: error?.range?.start ?? 0, reason: 'expressionWrong', said: error?.summary ?? null };
  }
  const types = wanted === 'bool' ? ['bool'] : ['double', 'int'];
  if (!types.includes(String(checked.type))) return { offset: 0, reason: 'expressionType', said: String(checked.type) };
  const parsed = environment.parse(text);
  const refused = refusedIn(parsed.ast, 0);
  if (refused) return refused;
  return { evaluate: (facts) => evaluated(() => parsed(facts), text) };
}

function evaluated(run: () => unknown, text: string): Evaluated {
  try {
    return { kind: 'value', value: run() };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    const { start, end } = error.range ?? { start: 0, end: 0 };
    return { kind: 'missing', fact: error.code === 'unknown_variable' ? text.slice(start, end) : null };
  }
}

/** The first call that may not be made. */
function refusedIn(part: unknown, walks: number): ExpressionProblem | null {
  if (Array.isArray(part)) return part.map((item) => refusedIn(item, walks)).find((item) => item !== null) ?? null;
  if (!isNode(part)) return null;
  const name = part.op === 'call' || part.op === 'rcall' ? String((part.args as readonly unknown[])[0]) : null;
  const offset = part.start ?? 0;
  if (name !== null && !CALLABLE.has(name)) return { offset, reason: 'expressionCall', said: name };
  const isWalk = name !== null && WALKS.has(name);
  if (isWalk && walks > 0) return { offset, reason: 'expressionNested', said: name };
  return refusedIn(part.args, walks + (isWalk ? 1 : 0));
}

function isNode(part: unknown): part is Pick<ASTNode, 'op' | 'args'> & { readonly start?: number } {
  return typeof part === 'object' && part !== null && 'op' in part && 'args' in part;
}
