import type { Confidence } from '../../detector.ts';

/**
 * What makes a finding less sure, and by how much: our own estimates, to be corrected by what verified savings show. The names are message
 * ids.
 */
const DOUBTS = {
  /** Neither a tag nor a person says what it is for. */
  purposeUnknown: 0.75,
  /** Fewer than 14 settled days are behind it. */
  shortHistory: 0.9,
  memoryNotMeasured: 0.75,
  /** A Savings Plan or a Reserved Instance pays for part of it; the saving depends on what fills it again. */
  commitmentFloats: 0.85,
  dailyDataOnly: 0.85,
  /** The Savings Plans rate is an estimate from the convertible reserved price. */
  rateEstimated: 0.85,
  /** The new type has other drivers (network, storage, hypervisor). */
  platformDiffers: 0.85,
  /** Somebody said that this workload matters much. */
  criticalWorkload: 0.8,
  /** A kept snapshot goes on costing. */
  snapshotKept: 0.95,
  /** The old type has local disks, the new one has none. */
  instanceStoreLost: 0.7,
  /** RHEL and the like: the vendor's support of the new type has to be asked for. */
  vendorSupport: 0.8,
  /** gp2 gives short bursts that gp3 gives only for money. */
  burstThroughput: 0.9,
  /** Only the bill was looked at; nothing measured it. */
  billOnly: 0.9,
} as const;

export type Doubt = keyof typeof DOUBTS;

/** `base` is how sure the rule is when nothing speaks against it. */
export function confidenceOf(base: number, doubts: Partial<Readonly<Record<Doubt, boolean>>>): Confidence {
  const because = (Object.keys(DOUBTS) as Doubt[]).filter((doubt) => doubts[doubt]);
  const level = because.reduce((sure, doubt) => sure * DOUBTS[doubt], base);
  return { level: Math.round(level * 100) / 100, because };
}
