import { z } from 'zod';
import { invalid } from '../refusal.ts';
import type { Series } from './charge-table.ts';
import type { Reader } from './dimensions.ts';

export const MATCH_OPTIONS = [
  'EQUALS',
  'ABSENT',
  'STARTS_WITH',
  'ENDS_WITH',
  'CONTAINS',
  'CASE_SENSITIVE',
  'CASE_INSENSITIVE',
  'GREATER_THAN_OR_EQUAL',
] as const;

const member = z.object({
  Key: z.string(),
  Values: z.array(z.string()).optional(),
  MatchOptions: z.array(z.enum(MATCH_OPTIONS)).optional(),
});
type Member = z.output<typeof member>;

/** Cost Explorer's filter, as far as its shape goes. */
export const expressionSchema = z.object({
  get Or() {
    return z.array(expressionSchema).optional();
  },
  get And() {
    return z.array(expressionSchema).optional();
  },
  get Not() {
    return expressionSchema.optional();
  },
  Dimensions: member.optional(),
  Tags: member.optional(),
  CostCategories: member.optional(),
});
export type Expression = z.output<typeof expressionSchema>;

/** How the words of an expression are read on this bill. `dimension` refuses the keys that an operation does not allow. */
export interface Readers {
  readonly dimension: (key: string) => Reader;
  readonly tag: (key: string) => Reader;
  readonly costCategory: (name: string) => Reader;
  readonly matchOptions: ReadonlySet<string>;
}

export type Predicate = (series: Series) => boolean;

/** Turns a filter into a test of one line of the bill. Refuses what Cost Explorer refuses. */
export function compileExpression(expression: Expression, readers: Readers): Predicate {
  const roots = Object.entries(expression).filter(([, value]) => value !== undefined);
  if (roots.length !== 1) {
    throw invalid(`Expression must have exactly one of Or, And, Not, Dimensions, Tags, CostCategories; found ${roots.length}`);
  }
  if (expression.And) {
    const all = operands('And', expression.And, readers);
    return (series) => all.every((matches) => matches(series));
  }
  if (expression.Or) {
    const any = operands('Or', expression.Or, readers);
    return (series) => any.some((matches) => matches(series));
  }
  if (expression.Not) {
    const inner = compileExpression(expression.Not, readers);
    return (series) => !inner(series);
  }
  if (expression.Dimensions) return compileMember(expression.Dimensions, readers.dimension(expression.Dimensions.Key), readers);
  if (expression.Tags) return compileMember(expression.Tags, readers.tag(expression.Tags.Key), readers);
  const category = expression.CostCategories ?? { Key: '' };
  return compileMember(category, readers.costCategory(category.Key), readers);
}

function operands(word: 'And' | 'Or', expressions: readonly Expression[], readers: Readers): Predicate[] {
  if (expressions.length < 2) throw invalid(`${word} expression must have at least 2 operands`);
  return expressions.map((item) => compileExpression(item, readers));
}

function compileMember({ Values: values = [], MatchOptions: options = [] }: Member, read: Reader, readers: Readers): Predicate {
  const refused = options.find((option) => !readers.matchOptions.has(option));
  if (refused) throw invalid(`Match option ${refused} is not supported for this request`);
  if (options.includes('ABSENT')) return (series) => read(series) === '';
  if (values.length === 0) throw invalid('Filter values must not be empty');
  const fold = options.includes('CASE_INSENSITIVE') ? (text: string) => text.toLowerCase() : (text: string) => text;
  const wanted = values.map(fold);
  if (options.includes('STARTS_WITH')) return (series) => wanted.some((value) => fold(read(series)).startsWith(value));
  if (options.includes('ENDS_WITH')) return (series) => wanted.some((value) => fold(read(series)).endsWith(value));
  if (options.includes('CONTAINS')) return (series) => wanted.some((value) => fold(read(series)).includes(value));
  if (options.includes('GREATER_THAN_OR_EQUAL')) return (series) => wanted.some((value) => fold(read(series)) >= value);
  const exactly = new Set(wanted);
  return (series) => exactly.has(fold(read(series)));
}

/** Every dimension key that the filter names, however deep. */
export function dimensionKeys(expression: Expression): string[] {
  const nested = [...(expression.And ?? []), ...(expression.Or ?? []), ...(expression.Not ? [expression.Not] : [])];
  return [...(expression.Dimensions ? [expression.Dimensions.Key] : []), ...nested.flatMap(dimensionKeys)];
}
