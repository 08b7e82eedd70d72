import { z } from 'zod';
import { isDay } from '../../kernel/calendar.ts';
import { isPlainDecimal } from '../../kernel/money.ts';
import { PAYMENT_OPTIONS, PLAN_TYPES } from '../../ledger/commitment.ts';
import { RESERVED } from '../sizing/node-rates.ts';
import { LOOKBACK_DAYS } from '../sizing/size.ts';
import { OwnRule } from './own-rules/rule.ts';
import { spanOf, WEEKDAYS } from './working-calendar.ts';

/** No policy of people's own making is longer. */
export const MAXIMUM_POLICY_CHARACTERS = 200_000;
const MAXIMUM_LAYERS = 200;

/** YAML reads 5.00 as a number; its shortest writing is the amount that was meant. */
const amount = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine((text) => isPlainDecimal(text) && !text.startsWith('-'), { error: 'notAnAmount' });
const accountId = z
  .string({ error: (issue) => (typeof issue.input === 'number' ? 'quoteAccountId' : undefined) })
  .min(1)
  .max(64);
const name = z.string().trim().min(1).max(200);
const because = z.string().trim().min(1).max(500);
const regionId = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, { error: 'notARegion' });

const selector = {
  accounts: z.array(accountId).min(1).max(5_000).optional().describe('Account ids, in quotes.'),
  organizationalUnits: z
    .array(
      z
        .string()
        .regex(/^[^/]+(\/[^/]+)*$/, { error: 'notAUnit' })
        .max(500),
    )
    .min(1)
    .max(200)
    .optional()
    .describe('Names from the top down, as in "Workloads/Production"; units below are meant too.'),
  tags: z
    .array(z.strictObject({ key: z.string().min(1).max(128), value: z.string().max(256) }))
    .min(1)
    .max(200)
    .optional()
    .describe('Any of these is enough.'),
};
const isSelective = (given: { accounts?: unknown; organizationalUnits?: unknown; tags?: unknown }): boolean =>
  given.accounts !== undefined || given.organizationalUnits !== undefined || given.tags !== undefined;
const Selector = z.strictObject(selector).refine(isSelective, { error: 'selectsNothing' });

const DetectorSettings = z
  .strictObject({
    enabled: z.boolean().optional().describe('false: this rule does not judge; say why.'),
    because: because.optional().describe('Why it is switched off.'),
    thresholds: z
      .record(z.string(), z.unknown())
      .optional()
      .describe("The rule's own thresholds; see its page in the catalogue."),
  })
  .refine((given) => given.enabled !== false || given.because !== undefined, { path: ['because'], error: 'sayWhyOff' });

const span = z.string().regex(/^([01]?\d|2[0-3]):[0-5]\d-(([01]?\d|2[0-3]):[0-5]\d|24:00)$/, { error: 'notASpan' });
const CalendarSettings = z.strictObject({
  timeZone: z.string().refine(isTimeZone, { error: 'notATimeZone' }).optional().describe('IANA name, such as Asia/Tokyo.'),
  week: z
    .strictObject(
      Object.fromEntries(
        WEEKDAYS.map((day) => [day, z.array(span).max(6).refine(areApart, { error: 'spansOverlap' }).optional()]),
      ),
    )
    .optional()
    .describe('Spans such as "09:00-18:00" by weekday; [] is a day off, a day left out stays as it was.'),
  publicHolidays: z.enum(['japan', 'none']).optional(),
  ownHolidays: z
    .array(z.strictObject({ day: z.string().refine(isDay, { error: 'notADay' }), name }))
    .max(500)
    .optional()
    .describe('Further days on which nobody works.'),
});

/** What may be said at each layer. */
const settings = {
  minimumMonthlySavings: z
    .record(z.string().regex(/^[A-Z]{3}$/, { error: 'notACurrency' }), amount)
    .optional()
    .describe('By currency: what saves less a month is counted, and not shown.'),
  detectors: z.record(z.string(), DetectorSettings).optional().describe('By the id of the rule.'),
  workingCalendar: CalendarSettings.optional(),
  allowed: z
    .strictObject({
      instanceFamilies: z
        .array(z.string().regex(/^(db\.)?[a-z0-9-]+$/))
        .max(500)
        .optional()
        .describe('Nothing is proposed in other families.'),
      regions: z.array(regionId).max(100).optional().describe('Nothing is proposed in other regions.'),
    })
    .optional(),
  residency: z
    .strictObject({ regions: z.array(regionId).min(1).max(100), because })
    .optional()
    .describe('Data may not leave these regions.'),
};

const Licence = z
  .strictObject({
    ...selector,
    name,
    mayChange: z
      .array(z.enum(['size', 'family', 'architecture']))
      .max(3)
      .describe('What may be changed without asking its vendor; [] is nothing.'),
  })
  .refine(isSelective, { error: 'selectsNothing' });

const Commitments = z.strictObject({
  termYears: z
    .array(z.union([z.literal(1), z.literal(3)]))
    .min(1)
    .max(2)
    .optional(),
  paymentOptions: z.array(z.enum(PAYMENT_OPTIONS)).min(1).max(3).optional(),
  planTypes: z
    .array(z.enum([...PLAN_TYPES, RESERVED]))
    .min(1)
    .max(5)
    .optional(),
  lookbackDays: z.literal(LOOKBACK_DAYS).optional().describe('Settled days that a purchase is sized on.'),
  tranchePercent: z.number().min(1).max(100).optional().describe('Share of the optimum that is bought first.'),
  hourlyCeiling: z.number().positive().max(1_000_000).optional().describe('Most to commit to anew, dollars an hour.'),
  latestBreakEvenMonth: z.int().min(1).max(36).optional(),
});

/** A policy as somebody wrote it. Problems that the schema finds itself are ids of `problem-words.ts`. */
export const PolicyDocument = z.strictObject({
  version: z.literal(1),
  ...settings,
  environments: z
    .strictObject({ production: z.array(Selector).optional(), nonProduction: z.array(Selector).optional() })
    .optional()
    .describe('Which accounts and tags are production and which are not.'),
  licences: z.array(Licence).max(MAXIMUM_LAYERS).optional().describe('What licences allow; the last one that fits counts.'),
  commitments: Commitments.optional().describe('How commitments are bought.'),
  layers: z
    .array(z.strictObject({ name, ...selector, ...settings }).refine(isSelective, { error: 'selectsNothing' }))
    .max(MAXIMUM_LAYERS)
    .optional()
    .describe(
      'Narrower settings: those by account or unit overrule the above, those by tag overrule these. Of two alike the later one counts.',
    ),
  rules: z.array(OwnRule).max(100).optional().describe("The organisation's own rules."),
});

export type PolicyDocument = z.infer<typeof PolicyDocument>;
export type PolicySettings = Pick<PolicyDocument, keyof typeof settings>;
export type PolicySelector = z.infer<typeof Selector>;
export type LicenceSettings = NonNullable<PolicyDocument['licences']>[number];

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function areApart(spans: readonly string[]): boolean {
  let last = -1;
  for (const { fromMinute, toMinute } of spans.map(spanOf).sort((a, b) => a.fromMinute - b.fromMinute)) {
    if (fromMinute < last || toMinute <= fromMinute) return false;
    last = toMinute;
  }
  return true;
}
