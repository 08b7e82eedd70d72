import { z } from 'zod';
import { decimalText } from './commitment.ts';
import { defineFact } from './fact.ts';

const maybe = decimalText.nullable();
const text = z.string().nullable();

/** Highest values of the look-back; null: not measured or not said. Memory needs an agent. Rates are a second. */
const Utilization = z.strictObject({
  cpuMaximumPercent: maybe,
  memoryMaximumPercent: maybe,
  storageMaximumPercent: maybe,
  ebsReadOps: maybe,
  ebsWriteOps: maybe,
  ebsReadBytes: maybe,
  ebsWriteBytes: maybe,
  diskReadOps: maybe,
  diskWriteOps: maybe,
  diskReadBytes: maybe,
  diskWriteBytes: maybe,
  networkInBytes: maybe,
  networkOutBytes: maybe,
  networkInPackets: maybe,
  networkOutPackets: maybe,
});

/** A machine type as AWS describes it, in AWS's own words ("16 GiB", "Up to 10 Gigabit"). */
const Machine = z.strictObject({
  instanceType: text,
  platform: text,
  regionId: text,
  skuId: text,
  vcpu: text,
  memory: text,
  storage: text,
  networkPerformance: text,
  hourlyOnDemandRate: maybe,
});

/** One smaller type. Money is of 730 hours. */
const Target = z.strictObject({
  machine: Machine,
  isDefault: z.boolean().nullable(),
  monthlyCost: maybe,
  monthlySavings: maybe,
  currency: text,
  expectedUtilization: Utilization,
  /** What differs for the operating system: "HYPERVISOR". */
  platformDifferences: z.array(z.string()),
});

/**
 * What Cost Explorer says of one EC2 machine: its older engine with a look-back of 14 days, idle at most 1 % CPU. An observed fact, to be
 * shown as AWS's word. It is not one of the `awsRecommendations` and must never be added to them: Compute Optimizer says the same of the same
 * machines from more measurements, and a saving would count twice.
 */
export const RightsizingAdvice = z.strictObject({
  resourceId: z.string(),
  name: text,
  actionType: z.enum(['Terminate', 'Modify']),
  current: Machine,
  utilization: Utilization,
  /** Over the look-back. Hours that a commitment pays save nothing. */
  hours: z.strictObject({
    total: maybe,
    onDemand: maybe,
    reserved: maybe,
    savingsPlans: maybe,
  }),
  /** On demand, 730 hours. */
  monthlyCost: maybe,
  currency: text,
  /** Of termination, or of the target that AWS prefers. Null: AWS names none, which is not zero. */
  monthlySavings: maybe,
  savingsCurrency: text,
  /** None when the machine is to be terminated. */
  targets: z.array(Target),
  /** AWS's words: "CPU_OVER_PROVISIONED". */
  reasons: z.array(z.string()),
  tags: z.array(z.strictObject({ key: z.string(), values: z.array(z.string()) })),
});
export type RightsizingAdvice = z.infer<typeof RightsizingAdvice>;

/** AWS's own total of one answer. It stands there when nothing is advised, too. */
export const RightsizingSummary = z.strictObject({
  /** How we ask: within the family, hours under commitments left out. */
  target: z.literal('SameInstanceFamily'),
  benefitsConsidered: z.literal(true),
  recommendationId: text,
  /** When AWS worked it out (ISO); null when it says nothing. */
  generatedAt: text,
  /** In AWS's word ("FOURTEEN_DAYS"), if it says one. */
  lookback: text,
  note: text,
  recommendations: maybe,
  monthlySavings: maybe,
  savingsPercent: maybe,
  currency: text,
});
export type RightsizingSummary = z.infer<typeof RightsizingSummary>;

/** Dated by nothing: as it stood when read. One for each machine, under its account and id. */
export const rightsizingAdviceFact = defineFact('rightsizingAdvice', RightsizingAdvice);
export const rightsizingSummaryFact = defineFact('rightsizingSummary', RightsizingSummary);
