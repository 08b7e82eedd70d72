import type { Detector } from '../../advice/detector.ts';
import type { PolicyDocument } from '../../advice/policy/document.ts';
import { type ExampleResult, runExamples } from '../../advice/policy/own-rules/run-examples.ts';
import type { PolicyProblem } from '../../advice/policy/place.ts';
import { type PolicyLayer, type ReadPolicy, readPolicy } from '../../advice/policy/read-policy.ts';
import { AdvisorError } from '../../kernel/failure.ts';
import { oneLine } from '../../kernel/text.ts';
import type { Context } from '../context.ts';

export interface GivenPolicy {
  readonly layer: PolicyLayer;
  readonly text: string;
  readonly detectors: readonly Detector[];
}

export interface PolicyValidation {
  readonly valid: boolean;
  readonly problems: readonly PolicyProblem[];
}

/** What is wrong with a policy, each with its place. Needs no tenant. */
export function validatePolicy({ layer, text, detectors }: GivenPolicy, locale: Context['locale']): PolicyValidation {
  const { problems } = readPolicy(text, { layer, detectors, locale });
  return { valid: problems.length === 0, problems };
}

export interface PolicyTest extends PolicyValidation {
  /** Nothing is wrong with the policy, and every example gives what it says. */
  readonly passed: boolean;
  readonly examples: readonly ExampleResult[];
  /** Own rules that nobody wrote an example for. */
  readonly untested: readonly string[];
}

/** Holds the policy's own rules against the examples beside them. Needs no tenant. */
export function testPolicy({ layer, text, detectors }: GivenPolicy, locale: Context['locale']): PolicyTest {
  const { rules, problems } = readPolicy(text, { layer, detectors, locale });
  const examples = rules.flatMap(runExamples);
  const valid = problems.length === 0;
  return {
    valid,
    problems,
    passed: valid && examples.every(({ passed }) => passed),
    examples,
    untested: rules.filter(({ rule }) => (rule.examples ?? []).length === 0).map(({ rule }) => rule.id),
  };
}

type UsablePolicy = Pick<ReadPolicy, 'rules'> & { readonly document: PolicyDocument };

const MOST_TOLD = 10;

/** The policy that somebody gave. INVALID_INPUT with the places of what is wrong. */
export function givenPolicy(given: GivenPolicy, locale: Context['locale']): UsablePolicy {
  const { document, rules, problems } = readPolicy(given.text, { ...given, locale });
  if (document && problems.length === 0) return { document, rules };
  const told = problems.slice(0, MOST_TOLD).map((problem) => problemLine(problem));
  const more = problems.length - told.length;
  throw new AdvisorError(
    'INVALID_INPUT',
    `The policy cannot be used: ${told.join('; ')}${more > 0 ? `; and ${more} more` : ''}`,
    'Put these right; "cost-pillar policy validate <file>" names all of them.',
  );
}

export function problemLine({ line, column, path, reason }: PolicyProblem): string {
  return oneLine(`${line}:${column} ${path === '' ? '' : `${path}: `}${reason}`, 400);
}
