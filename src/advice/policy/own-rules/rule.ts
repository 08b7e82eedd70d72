import { z } from 'zod';
import { isOneLine } from '../../../kernel/text.ts';
import { ACTION_TYPES, EFFORTS } from '../../../ledger/aws-recommendation.ts';
import { RESOURCE_TYPES } from '../../../ledger/resource-type.ts';
import { CATEGORIES } from '../../detector.ts';
import { MAXIMUM_EXPRESSION_CHARACTERS } from './expression.ts';

/** What every rule of an organisation is called by, so that it is never taken for one of ours. */
export const OWN_PREFIX = 'own-';

const line = (most: number) => z.string().trim().min(1).max(most).refine(isOneLine, { error: 'notOneLine' });
const expression = z.string().trim().min(1).max(MAXIMUM_EXPRESSION_CHARACTERS);

const Text = z.strictObject({
  title: line(120).describe('The state that you want: "Volumes have an owner".'),
  background: z.string().trim().min(1).max(2_000).describe('Why it matters.'),
  risk: z.string().trim().min(1).max(2_000).optional().describe('What acting may break.'),
  steps: z.array(line(500)).min(1).max(20).describe('In this order; reversible ones first.'),
});

const Example = z.strictObject({
  name: line(120),
  facts: z.record(z.string(), z.unknown()).describe('What is left out is not known.'),
  expect: z.enum(['finding', 'healthy', 'notApplicable', 'unknown']),
  savingsShare: z.number().min(0).max(1).optional().describe('What a finding is expected to save of the cost.'),
});

export const OwnRule = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, { error: 'notARuleId' })
      .max(60)
      .transform((id) => (id.startsWith(OWN_PREFIX) ? id : `${OWN_PREFIX}${id}`))
      .describe('Small letters with hyphens; "own-" is put before it.'),
    resourceTypes: z.array(z.enum(RESOURCE_TYPES)).min(1).max(40).optional().describe('Left out: every resource.'),
    category: z.enum(CATEGORIES).default('governance'),
    actionType: z.enum(ACTION_TYPES).exclude(['PurchaseSavingsPlans', 'PurchaseReservedInstances']),
    effort: z.enum(EFFORTS).default('Low'),
    rollbackPossible: z.boolean().default(false),
    restartNeeded: z.boolean().default(false),
    appliesTo: expression.optional().describe('CEL that is true where the rule has a say; left out: everywhere.'),
    when: expression.describe('CEL that is true where there is something to do.'),
    savingsShare: expression
      .optional()
      .describe('CEL for the share of the monthly cost that goes, 0 to 1; left out: it saves nothing.'),
    part: z
      .enum(['whole', 'compute', 'storage', 'hours'])
      .optional()
      .describe(
        'What the action changes, so that nothing is counted twice; left out: the whole for Delete, else a part of its own.',
      ),
    text: z
      .strictObject({ en: Text.optional(), ja: Text.optional() })
      .refine(({ en, ja }) => en !== undefined || ja !== undefined, { error: 'noText' })
      .describe('In one language or both; who reads the other one is shown this one.'),
    examples: z.array(Example).max(50).optional().describe('"policy test" holds the rule against them.'),
  })
  .describe('A rule of your own, in CEL over facts of a resource (docs/policy-facts.md).');

export type OwnRule = z.infer<typeof OwnRule>;
export type OwnRuleText = z.infer<typeof Text>;
