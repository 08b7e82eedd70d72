import { z } from 'zod';
import { POLICY_LAYERS } from '../../../advice/policy/read-policy.ts';
import type { PolicyRecord } from '../../../operations/ports/policies.ts';
import { decimal, instant } from '../../schema.ts';

export const layer = z
  .enum(POLICY_LAYERS)
  .default('tenant')
  .meta({ description: 'tenant: your own; integrator: for all tenants, which only the operator decides.' });

/** Short enough for a request. */
export const policyText = z.string().min(1).max(100_000).meta({ description: 'YAML, as docs/policy-example.yaml describes it.' });

const record = {
  layer: z.enum(POLICY_LAYERS),
  version: z.number().int(),
  reason: z.string(),
  recordedBy: z.string(),
  recordedAt: instant,
};

export const policyVersion = z.object(record).meta({ id: 'PolicyVersion' });
export const policyRecord = z
  .object({ ...record, text: z.string() })
  .meta({ id: 'Policy', description: 'As somebody wrote it.' });

export const policyProblem = z
  .object({
    layer: z.enum(POLICY_LAYERS),
    line: z.number().int(),
    column: z.number().int(),
    path: z.string(),
    reason: z.string(),
  })
  .meta({ id: 'PolicyProblem' });

const sums = z.object({ count: z.number().int(), gross: decimal, net: decimal });
const figures = z.object({ savings: decimal, netMonthlySavings: decimal }).nullable();
const moved = {
  id: z.string(),
  detectorId: z.string(),
  accountId: z.string(),
  regionId: z.string().nullable(),
  resourceId: z.string().nullable(),
  before: figures,
  after: figures,
};

export const comparison = {
  before: sums,
  after: sums,
  byDetector: z.array(z.object({ detectorId: z.string(), before: sums, after: sums })),
  hidden: z.array(z.object({ ...moved, because: z.enum(['switchedOff', 'belowMinimumSaving', 'otherSettings']) })),
  shown: z.array(z.object(moved)),
  changed: z.array(z.object(moved)),
};

export function shownVersion({ text: _text, ...rest }: PolicyRecord): z.infer<typeof policyVersion> {
  return rest;
}
