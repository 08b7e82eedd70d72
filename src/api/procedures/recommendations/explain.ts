import { z } from 'zod';
import { type Explained, explain } from '../../../operations/explain.ts';
import { ALL_ROLES, procedure } from '../../base.ts';
import { currency, day, decimal } from '../../schema.ts';
import { recommendationSchema, shownRecommendation } from './recommendation-schema.ts';

const looked = {
  asOf: day,
  dataAsOf: day.nullable(),
  currency,
  basis: z.literal('runningCost'),
  hoursPerMonth: z.literal(730),
};

const evidence = z.array(z.object({ field: z.string(), label: z.string(), value: z.string() }));

const answer = z
  .object({
    detectorId: z.string(),
    title: z.string(),
    kind: z.enum(['finding', 'healthy', 'notApplicable', 'unknown']),
    sentence: z.string().nullable().meta({ description: 'A finding: what we saw and what it costs.' }),
    savings: z.object({ low: decimal, expected: decimal, high: decimal }).nullable(),
    evidence: evidence.meta({ description: 'What was looked at; of what is in order where the rule says it.' }),
    notApplicable: z.object({ because: z.string(), inWords: z.string() }).nullable(),
    missing: z.array(z.object({ because: z.string(), inWords: z.string(), howToGet: z.string() })),
    recommendation: recommendationSchema
      .nullable()
      .meta({ description: 'What the last turn of advice made of it; null: no turn has found it.' }),
  })
  .meta({ id: 'RuleAnswer', description: 'What one rule says today, in the language of Accept-Language.' });

const answered = {
  ...looked,
  answers: z.array(answer),
  otherRules: z.number().int().meta({ description: 'Rules about other kinds of things.' }),
  pastRecommendations: z.array(recommendationSchema),
};

const named = { resourceId: z.string(), resourceType: z.string(), accountId: z.string(), regionId: z.string().nullable() };

const usage = z.object({
  serviceName: z.string(),
  usageType: z.string().meta({ description: 'Without the prefix of its region.' }),
  unitsMonthly: decimal,
  monthlyCost: decimal,
  onDemandEquivalentMonthlyCost: decimal,
  coveredBy: z.enum(['none', 'savingsPlan', 'reservation']),
});

const resource = z.object({
  ...named,
  accountName: z.string().nullable(),
  bill: z
    .object({
      firstBilledDay: day,
      lastBilledDay: day,
      mayBeOlder: z.boolean(),
      isStillBilled: z.boolean(),
      monthlyCost: decimal,
      usage: z.array(usage),
    })
    .nullable()
    .meta({ description: 'null: it left the bill; only what was advised of it is left.' }),
  tags: z.array(z.object({ key: z.string(), value: z.string() })),
  utilization: z
    .object({
      source: z.string(),
      lookbackDays: z.number(),
      asOf: day,
      cpuMaximumPercent: z.number().optional(),
      memoryMaximumPercent: z.number().optional(),
      networkInMaximumBytesPerSecond: z.number().optional(),
      networkOutMaximumBytesPerSecond: z.number().optional(),
      connectionsMaximum: z.number().optional(),
      readWriteOperationsPerSecondMaximum: z.number().optional(),
    })
    .nullable()
    .meta({ description: 'How hard it worked; null: nothing measured it.' }),
});

const account = z.object({
  accountId: z.string(),
  accountName: z.string().nullable(),
  monthlyCost: decimal.nullable(),
  resources: z.number().int(),
  sharesCommitmentsWith: z.number().int().meta({ description: 'Other accounts of its sharing group.' }),
  liveRecommendations: z.object({ count: z.number().int(), netMonthlySavings: decimal }),
});

const output = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('resource'), ...answered, subject: resource }),
  z.object({ kind: z.literal('account'), ...answered, subject: account }),
  z.object({
    kind: z.literal('candidates'),
    ...looked,
    asked: z.string(),
    candidates: z.array(z.object(named)),
    count: z.number().int(),
  }),
]);

export const recommendationsExplain = procedure({
  scope: 'tenant',
  roles: ALL_ROLES,
  ids: { resource: 'resource', accountId: 'account' },
  openapi: {
    method: 'GET',
    path: '/explanation',
    tags: ['recommendations'],
    summary: 'Why there is advice for a resource or an account, or none: what every rule says of it today',
  },
})
  .input(
    z.strictObject({
      resource: z
        .string()
        .min(1)
        .max(2048)
        .meta({ description: 'A resource id, an ARN or the end of one, or an account id. Several of that name: `candidates`.' }),
      accountId: z.string().max(20).optional(),
      regionId: z.string().max(40).optional(),
      currency: currency.optional(),
    }),
  )
  .output(output)
  .query(async ({ ctx, input }) => {
    return shown(await explain(ctx.verb, { ...input, catalogue: ctx.services.catalogue }));
  });

/** The lists of the domain are read-only; what leaves here is the schema's own. */
function shown(told: Explained): z.infer<typeof output> {
  if (told.kind === 'candidates') return { ...told, candidates: told.candidates.map((item) => ({ ...item })) };
  const answers = told.answers.map((row) => ({
    ...row,
    savings: row.savings && { ...row.savings },
    evidence: row.evidence.map((item) => ({ ...item })),
    missing: row.missing.map((item) => ({ ...item })),
    recommendation: row.recommendation && shownRecommendation(row.recommendation),
  }));
  const pastRecommendations = told.pastRecommendations.map(shownRecommendation);
  if (told.kind === 'account') return { ...told, answers, pastRecommendations };
  const { bill, tags, ...subject } = told.subject;
  return {
    ...told,
    answers,
    pastRecommendations,
    subject: {
      ...subject,
      bill: bill && { ...bill, usage: bill.usage.map((item) => ({ ...item })) },
      tags: tags.map((tag) => ({ ...tag })),
    },
  };
}
