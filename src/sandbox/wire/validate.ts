import type { z } from 'zod';
import { invalid, Refusal } from './refusal.ts';

/**
 * Reads an input by the members we know (others are ignored, as AWS does) and refuses in AWS's words: a wrong JSON type is a
 * SerializationException, everything else a validation error with the path in camel case.
 */
export function readInput<T extends z.ZodType>(
  schema: T,
  input: unknown,
  refuse: (message: string) => Refusal = invalid,
): z.output<T> {
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  const issues = result.error.issues;
  const wrongType = issues.find((issue) => issue.code === 'invalid_type' && issue.input !== undefined && issue.input !== null);
  if (wrongType?.code === 'invalid_type') {
    throw new Refusal('SerializationException', `Unexpected field type: expected ${wrongType.expected} at ${pathOf(wrongType)}`);
  }
  const count = `${issues.length} validation error${issues.length === 1 ? '' : 's'} detected`;
  throw refuse(`${count}: ${issues.map(sentenceOf).join('; ')}`);
}

type Issue = z.core.$ZodIssue;

function pathOf(issue: Issue): string {
  return issue.path
    .map((part) => (typeof part === 'number' ? String(part + 1) : String(part)))
    .map((part) => part.charAt(0).toLowerCase() + part.slice(1))
    .map((part, index) => (/^\d+$/.test(part) && index > 0 ? `.${part}.member` : `${index > 0 ? '.' : ''}${part}`))
    .join('');
}

function sentenceOf(issue: Issue): string {
  const missing = issue.input === undefined || issue.input === null;
  return `Value ${missing ? 'null' : `'${shown(issue.input)}'`} at '${pathOf(issue)}' failed to satisfy constraint: ${
    missing ? 'Member must not be null' : constraintOf(issue)
  }`;
}

function shown(input: unknown): string {
  return (typeof input === 'string' ? input : JSON.stringify(input)).slice(0, 200);
}

function constraintOf(issue: Issue): string {
  if (issue.code === 'invalid_value') return `Member must satisfy enum value set: [${issue.values.map(String).join(', ')}]`;
  const [what, equal] =
    'origin' in issue && issue.origin === 'number' ? ['value', 'than or equal to'] : ['length', 'than or equal to'];
  if (issue.code === 'too_small') return `Member must have ${what} greater ${equal} ${issue.minimum}`;
  if (issue.code === 'too_big') return `Member must have ${what} less ${equal} ${issue.maximum}`;
  if (issue.code === 'invalid_format') return `Member must satisfy regular expression pattern: ${issue.pattern ?? issue.format}`;
  return issue.message;
}
