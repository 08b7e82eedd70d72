import { z } from 'zod';
import { isDay } from '../kernel/calendar.ts';
import { defineFact } from './fact.ts';

const amount = z.string().regex(/^-?\d{1,20}(\.\d{1,18})?$/);
const day = z.string().refine(isDay);
const text = z.string().max(1024).nullable();

/** Cost that AWS's anomaly detection did not expect, in US dollars of net unblended usage; `start` and `end` are its first and last day. */
const CostAnomaly = z.strictObject({
  start: day,
  end: day,
  /** What the monitor watched: for a service monitor a service. */
  dimensionValue: text,
  totalImpact: amount,
  maxImpact: amount,
  actualSpend: amount.nullable(),
  expectedSpend: amount.nullable(),
  monitorArn: z.string().max(1024),
  /** What somebody answered in AWS's console. */
  feedback: z.enum(['yes', 'no', 'plannedActivity']).nullable(),
  rootCauses: z.array(
    z.strictObject({ serviceName: text, regionId: text, accountId: text, usageType: text, impact: amount.nullable() }),
  ),
});
export type CostAnomaly = z.infer<typeof CostAnomaly>;
export const costAnomaly = defineFact('costAnomaly', CostAnomaly);

/** A monitor of AWS's anomaly detection: without one nobody looks. */
const AnomalyMonitor = z.strictObject({
  name: z.string().max(1024),
  type: z.string().max(100),
  dimension: z.string().max(100).nullable(),
  lastEvaluatedOn: day.nullable(),
});
export type AnomalyMonitor = z.infer<typeof AnomalyMonitor>;
export const anomalyMonitor = defineFact('anomalyMonitor', AnomalyMonitor);
