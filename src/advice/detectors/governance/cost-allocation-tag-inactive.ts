import { z } from 'zod';
import { tagValue } from '../../../ledger/resource.ts';
import { NO_SAFETY_NETS } from '../../../ledger/safety-nets.ts';
import { amountOf } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import type { EvaluateContext, Outcome, Subject } from '../../detector.ts';
import { EXAMPLE_ACCOUNT_ID, exampleSnapshot, exampleWave } from '../../example-facts.ts';
import { sharingGroups } from '../../sharing-group.ts';
import { type SnapshotView, viewOf } from '../../snapshot-view.ts';
import { accountSubject } from '../shared/account.ts';
import { groupMonthly } from '../shared/account-cost.ts';
import { confidenceOf } from '../shared/confidence.ts';
import { NO_CLAIM } from '../shared/no-claim.ts';

/** Under what people tell cost apart, without case and punctuation. */
const COST_KEYS: ReadonlySet<string> = new Set(
  'env environment system service project application app owner team department division costcenter costcentre businessunit'.split(
    ' ',
  ),
);
const PROGRAMME_KEY = 'map-migrated';

const thresholds = z.strictObject({
  minimumMonthlyCost: z
    .number()
    .min(0)
    .max(1_000_000)
    .default(100)
    .describe(
      'What all accounts of the payer cost a month, in the currency of the bill, from which telling it apart is worth it.',
    ),
});

const evidence = z.strictObject({
  tagKeys: z.string().describe('Tag keys that the bill should carry and does not.'),
  tagKeyCount: z.int().describe('How many they are.'),
  groupCost: z.string().describe('What all accounts of the payer cost in a month of 730 hours.'),
});

export type CostAllocationTagInactiveEvidence = z.infer<typeof evidence>;
type Context = EvaluateContext<z.infer<typeof thresholds>>;

/** People tag, and the bill does not carry it: cost of the days before a key is activated cannot be told apart without a backfill. */
export const costAllocationTagInactive = defineDetector({
  id: 'cost-allocation-tag-inactive',
  revision: 1,
  category: 'governance',
  bestPractices: ['COST03-BP02', 'COST03-BP04', 'COST03-BP06'],
  resourceType: 'Account',
  actionType: 'Upgrade',
  effort: 'VeryLow',
  rollbackPossible: true,
  restartNeeded: false,
  reads: [{ fact: 'usageByAccount', lookbackDays: 30 }],
  worksWith: ['CostExplorer'],
  thresholds,
  evidence,
  select: (view) => sharingGroups(view).map(accountSubject),
  example: {
    subject: accountSubject(EXAMPLE_ACCOUNT_ID),
    view: viewOf(
      exampleSnapshot({
        workloads: [
          exampleWave({ matches: { accountIds: [], resourceIds: [], tags: [{ key: 'workload-id', value: 'order' }] } }),
        ],
        safetyNets: {
          ...NO_SAFETY_NETS,
          allocationTags: [
            { accountId: EXAMPLE_ACCOUNT_ID, key: 'Cost-Center', isActive: false },
            { accountId: EXAMPLE_ACCOUNT_ID, key: 'Name', isActive: false },
            { accountId: EXAMPLE_ACCOUNT_ID, key: 'env', isActive: true },
            { accountId: EXAMPLE_ACCOUNT_ID, key: 'workload-id', isActive: false },
          ],
        },
      }),
    ),
    evidence: { tagKeys: 'Cost-Center, workload-id', tagKeyCount: 2, groupCost: '101388.888889' },
  },
  evaluate,
});

function evaluate({ accountId }: Subject, { thresholds: limits, view }: Context): Outcome<CostAllocationTagInactiveEvidence> {
  const known = view.snapshot.safetyNets.allocationTags.filter((item) => item.accountId === accountId);
  if (known.length === 0) return { kind: 'unknown', missing: ['allocationTags'] };
  const wanted = wantedKeys(view);
  const inactive = known
    .filter(({ key, isActive }) => !isActive && (wanted.has(key) || COST_KEYS.has(bare(key))))
    .map(({ key }) => key);
  const cost = groupMonthly(accountId, view);
  if (inactive.length === 0 || cost.lt(limits.minimumMonthlyCost)) return { kind: 'healthy' };
  return {
    kind: 'finding',
    evidence: { tagKeys: inactive.join(', '), tagKeyCount: inactive.length, groupCost: amountOf(cost) },
    confidence: confidenceOf(0.99, {}),
    ...NO_CLAIM,
  };
}

/** What the plan tells workloads apart by, and the programme's tag where something carries it. */
function wantedKeys({ snapshot }: SnapshotView): ReadonlySet<string> {
  const keys = new Set(snapshot.workloads.flatMap(({ matches }) => matches.tags.map(({ key }) => key)));
  if (snapshot.resources.some(({ tags }) => tagValue(tags, PROGRAMME_KEY) !== undefined)) keys.add(PROGRAMME_KEY);
  return keys;
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}
