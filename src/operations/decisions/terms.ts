import { z } from 'zod';
import { APPROVAL_STATES, DECIDED_STATUSES, DISMISSED_BECAUSE } from '../../advice/decision.ts';
import { isDay } from '../../kernel/calendar.ts';
import { exact, isPlainDecimal, plain } from '../../kernel/money.ts';
import { isOneLine, oneLine } from '../../kernel/text.ts';

const line = (most: number) => z.string().trim().min(1).max(most).refine(isOneLine, 'must be one line').optional();
const day = z.string().refine(isDay, 'must be a calendar day, YYYY-MM-DD').optional();

const Shape = z.strictObject({
  to: z.enum(DECIDED_STATUSES),
  proposer: line(200),
  decider: line(200),
  owner: line(200),
  dueOn: day,
  approval: z.enum(APPROVAL_STATES).optional(),
  approvalReference: line(200),
  approver: line(200),
  approvalDay: day,
  implementationCost: z
    .string()
    .refine((text) => isPlainDecimal(text) && !text.startsWith('-'), 'must be an amount like 50 or 12.50')
    .transform((text) => plain(exact(text)))
    .optional(),
  implementationCurrency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be a code like USD')
    .optional(),
  implementer: line(200),
  implementedOn: day,
  seenAsDone: z.boolean().optional(),
  snoozedUntil: day,
  dismissedBecause: z.enum(DISMISSED_BECAUSE).optional(),
  comment: line(1000),
});

/** What somebody wrote; what was left out is undefined. */
export type GivenTerms = z.infer<typeof Shape>;

type Field = Exclude<keyof GivenTerms, 'to'>;

const ALWAYS: readonly Field[] = ['proposer', 'decider', 'comment'];
const OF_ACCEPTING: readonly Field[] = [
  'owner',
  'dueOn',
  'approval',
  'approvalReference',
  'approver',
  'approvalDay',
  'implementationCost',
  'implementationCurrency',
];

/** What may be said beside each status. */
const FIELDS: Readonly<Record<GivenTerms['to'], readonly Field[]>> = {
  accepted: [...ALWAYS, ...OF_ACCEPTING],
  implemented: [...ALWAYS, 'implementer', 'implementedOn', 'seenAsDone', 'implementationCost', 'implementationCurrency'],
  snoozed: [...ALWAYS, 'snoozedUntil'],
  dismissed: [...ALWAYS, 'dismissedBecause'],
  open: ALWAYS,
};

/** Problems with their place, "dueOn: must be …"; or the terms. */
export type GivenTermsRead = { readonly terms: GivenTerms } | { readonly problems: readonly string[] };

export function readDecision(input: unknown): GivenTermsRead {
  const parsed = Shape.safeParse(input);
  if (!parsed.success) {
    return {
      problems: parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.') || 'it'}: ${oneLine(message, 160)}`),
    };
  }
  const terms = parsed.data;
  const problems = problemsOf(terms);
  return problems.length > 0 ? { problems } : { terms };
}

function problemsOf(terms: GivenTerms): readonly string[] {
  const { to, snoozedUntil, dismissedBecause, comment, implementer, implementedOn, seenAsDone } = terms;
  const { implementationCost, implementationCurrency } = terms;
  const given = Object.entries(terms).flatMap(([field, value]) =>
    field === 'to' || value === undefined ? [] : [field as Field],
  );
  const problems = given.filter((field) => !FIELDS[to].includes(field)).map((field) => `${field}: says nothing beside "${to}"`);
  if (to === 'snoozed' && snoozedUntil === undefined) problems.push('snoozedUntil: say until which day');
  if (to === 'dismissed' && dismissedBecause === undefined) {
    problems.push(`dismissedBecause: say why, one of ${DISMISSED_BECAUSE.join(', ')}`);
  }
  if (dismissedBecause === 'other' && comment === undefined) problems.push('comment: say in words what "other" is');
  if (to === 'open' && comment === undefined) problems.push('comment: say why it is open again');
  if (to === 'implemented' && implementer === undefined) problems.push('implementer: say who did it');
  if (to === 'implemented' && implementedOn === undefined && seenAsDone !== true) {
    problems.push('implementedOn: say on which day, or that it was seen as done');
  }
  if (implementationCurrency !== undefined && implementationCost === undefined) {
    problems.push('implementationCurrency: only beside implementationCost');
  }
  return problems;
}
