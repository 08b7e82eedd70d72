import { z } from 'zod';
import type { Exemption } from '../../../advice/exemption.ts';
import type { ExemptionRow } from '../../../operations/list-exemptions.ts';
import { currency, day, decimal, instant } from '../../schema.ts';

const decided = {
  revision: z.number().int(),
  change: z.enum(['added', 'changed', 'ended']),
  owner: z.string(),
  reason: z.string(),
  approver: z.string(),
  decidedOn: day,
  expiresOn: day.meta({ description: 'First day on which it no longer holds: then the advice comes back.' }),
  maximumMonthlyCost: decimal.nullable().meta({ description: 'It holds while what it is about costs at most this a month.' }),
  currency: currency.nullable(),
  endedBecause: z.string().nullable(),
  recordedBy: z.string(),
  recordedAt: instant,
};

export const exemptionSchema = z
  .object({
    id: z.uuid(),
    detectorId: z.string().nullable().meta({ description: 'null: every rule.' }),
    resourceId: z.string().nullable(),
    accountId: z.string().nullable(),
    regionId: z.string().nullable(),
    tagKey: z.string().nullable(),
    tagValue: z.string().nullable(),
    ...decided,
  })
  .meta({ id: 'Exemption', description: 'Cost that the organisation accepts until a day.' });

export const exemptionRowSchema = exemptionSchema.extend({
  state: z.enum(['live', 'expired', 'ended']),
  isOutgrown: z.boolean().meta({ description: 'Live, and the cost grew past its bound: the advice is open.' }),
  recommendations: z.number().int().meta({ description: 'How many it covers, by the last turn of advice.' }),
  acceptedCost: z.array(z.object({ currency, monthlyCost: decimal })),
  history: z.array(z.object(decided)).meta({ description: 'Who decided what, and when.' }),
});

export function shownExemption(exemption: Exemption): z.infer<typeof exemptionSchema> {
  return { ...exemption };
}

export function shownExemptionRow(row: ExemptionRow): z.infer<typeof exemptionRowSchema> {
  return {
    ...row,
    acceptedCost: row.acceptedCost.map((item) => ({ ...item })),
    history: row.history.map((item) => ({ ...item })),
  };
}
