import type { Confidence } from '../../detector.ts';

/**
 * What speaks against a finding, and by how much its range is less often right for it. Most widen the range instead (`spread.ts`, or the
 * detector's own low and high) and only set the order of what is equally good, so that the confidence stays what it says: how often the true saving lies
 * inside the range (`npm run -s bench -- calibration`). The names are message ids.
 */
const DOUBTS = {
  /** Neither a tag nor a person says what it is for: it may have to stay. */
  purposeUnknown: 0.99,
  /** Fewer than 14 settled days are behind it. */
  shortHistory: 0.99,
  /** It may not fit into less. */
  memoryNotMeasured: 0.99,
  /** A Savings Plan or a Reserved Instance pays for part of it; the saving depends on what fills it again. */
  commitmentFloats: 1,
  dailyDataOnly: 0.85,
  /** The Savings Plans rate is an estimate from the convertible reserved price. */
  rateEstimated: 0.85,
  /** The new type has other drivers (network, storage, hypervisor). */
  platformDiffers: 0.99,
  /** Programs have to exist for the new processor, and no bill tells what runs. */
  architectureDiffers: 0.99,
  /** Somebody said that this workload matters much. */
  criticalWorkload: 0.99,
  /** A kept snapshot goes on costing. */
  snapshotKept: 1,
  /** The old type has local disks, the new one has none. */
  instanceStoreLost: 0.99,
  /** RHEL and the like: the vendor's support of the new type has to be asked for. */
  vendorSupport: 0.99,
  /** gp2 gives short bursts that gp3 gives only for money. */
  burstThroughput: 1,
  /** gp3 keeps its speed 99 % of the time, io1 and io2 99.9 %. */
  steadyLatency: 1,
  /** Other snapshots may need the same blocks. */
  sharedBlocks: 1,
  /** Small objects and files are charged as 128 KiB in colder classes, and the bill does not tell sizes. */
  objectSizes: 1,
  /** How long data must be kept, only people know. */
  keepingRule: 1,
  /** The cheaper log class lacks features that may be used. */
  fewerFeatures: 1,
  /** Only the bill was looked at; nothing measured it. */
  billOnly: 0.99,
  /** Its weeks were not alike. */
  usageVaries: 1,
  /** Commitments count hour by hour, and the bill tells of days: an hour is taken as the day's average. */
  averageHours: 1,
} as const;

export type Doubt = keyof typeof DOUBTS;

/** `base` is how sure the rule is when nothing speaks against it. */
export function confidenceOf(base: number, doubts: Partial<Readonly<Record<Doubt, boolean>>>): Confidence {
  const because = (Object.keys(DOUBTS) as Doubt[]).filter((doubt) => doubts[doubt]);
  const level = because.reduce((sure, doubt) => sure * DOUBTS[doubt], base);
  return { level: Math.round(level * 100) / 100, because };
}
