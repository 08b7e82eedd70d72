import { z } from 'zod';
import { type ExemptionTerms, MOST_EXEMPTION_DAYS } from '../../advice/exemption.ts';
import { addDays, type Day, isDay } from '../../kernel/calendar.ts';
import { exact, isPlainDecimal, plain } from '../../kernel/money.ts';
import { isOneLine, oneLine } from '../../kernel/text.ts';

const line = (most: number) => z.string().trim().min(1).max(most).refine(isOneLine, 'must be one line');
/** Strangers' text: as it is. */
const named = (most: number) => z.string().min(1).max(most).refine(isOneLine, 'must be one line').nullable().default(null);

const Shape = z.strictObject({
  detectorId: named(100),
  resourceId: named(2048).transform((text) => text?.trim() || null),
  accountId: named(20),
  regionId: named(40),
  tagKey: named(128),
  tagValue: z.string().max(256).refine(isOneLine, 'must be one line').nullable().default(null),
  owner: line(200),
  reason: line(1000),
  approver: line(200),
  expiresOn: z.string().refine(isDay, 'must be a calendar day, YYYY-MM-DD'),
  maximumMonthlyCost: z
    .string()
    .refine((text) => isPlainDecimal(text) && !text.startsWith('-'), 'must be an amount like 50 or 12.50')
    .transform((text) => plain(exact(text)))
    .nullable()
    .default(null),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be a code like USD')
    .nullable()
    .default(null),
});

/** Problems with their place, "expiresOn: must be …"; or the terms. */
export type TermsRead = { readonly terms: ExemptionTerms } | { readonly problems: readonly string[] };

/** What somebody wrote. A bound without a currency is in `currency`, where the tenant has only one. */
export function readTerms(input: unknown, currency: string | null): TermsRead {
  const parsed = Shape.safeParse(input);
  if (!parsed.success) {
    return {
      problems: parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.') || 'it'}: ${oneLine(message, 160)}`),
    };
  }
  const { maximumMonthlyCost: bound, tagKey, tagValue, ...rest } = parsed.data;
  const terms = {
    ...rest,
    tagKey,
    // A table has no other way to write the empty value of a tag.
    tagValue: tagKey === null ? tagValue : (tagValue ?? ''),
    maximumMonthlyCost: bound,
    currency: bound === null ? null : (rest.currency ?? currency),
  };
  const problems = problemsOf(terms);
  return problems.length > 0 ? { problems } : { terms };
}

function problemsOf(terms: ExemptionTerms): readonly string[] {
  const { detectorId, resourceId, accountId, regionId, tagKey, tagValue, maximumMonthlyCost, currency } = terms;
  const problems: string[] = [];
  if (resourceId !== null && tagKey !== null) problems.push('a resource and a tag: name one of them');
  if (resourceId === null && tagKey !== null && accountId !== null) problems.push('an account and a tag: name one of them');
  if (resourceId === null && tagKey === null && accountId === null) problems.push('name a resource, an account or a tag');
  if (resourceId === null && detectorId === null) problems.push('detectorId: an account or a tag is exempted for one rule only');
  if (resourceId === null && regionId !== null) problems.push('regionId: only beside a resource');
  if (tagKey === null && tagValue !== null) problems.push('tagValue: only beside tagKey');
  if (maximumMonthlyCost !== null && currency === null) problems.push('currency: needed for the bound, there is more than one');
  return problems;
}

/** What must hold when it is decided, and not any more when an old list is read again. */
export function decisionProblems(
  { expiresOn, detectorId }: ExemptionTerms,
  today: Day,
  rules: ReadonlySet<string>,
): readonly string[] {
  const last = addDays(today, MOST_EXEMPTION_DAYS);
  const problems: string[] = [];
  if (expiresOn <= today) problems.push(`expiresOn: ${expiresOn} is not after today, ${today}`);
  if (expiresOn > last) problems.push(`expiresOn: at most ${MOST_EXEMPTION_DAYS} days from today, so ${last}`);
  if (detectorId !== null && !rules.has(detectorId)) problems.push(`detectorId: there is no rule "${oneLine(detectorId, 100)}"`);
  return problems;
}
