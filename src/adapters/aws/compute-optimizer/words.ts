import type { AwsFinding } from '../../../ledger/aws-recommendation.ts';
import type { Utilization } from '../../../ledger/utilization.ts';
import type { UtilizationMetrics } from './schema.ts';

/** "OVER_PROVISIONED", "Overprovisioned" and "OVERPROVISIONED" are one word: real answers and the service model disagree on the spelling. */
export function normalised(word: string | null | undefined): string {
  return (word ?? '').replaceAll('_', '').toUpperCase();
}

const FINDINGS: ReadonlyMap<string, AwsFinding> = new Map(
  (
    ['Overprovisioned', 'Underprovisioned', 'Optimized', 'NotOptimized', 'Idle', 'Unattached', 'Unused', 'Unavailable'] as const
  ).map((finding) => [normalised(finding), finding]),
);

/** undefined for a word that we do not know. A licence without metrics was not judged, which other kinds call `Unavailable`. */
export function findingOf(word: string | null | undefined): AwsFinding | undefined {
  const known = normalised(word);
  return known === 'INSUFFICIENTMETRICS' ? 'Unavailable' : FINDINGS.get(known);
}

type Measure = Exclude<keyof Utilization, 'source' | 'lookbackDays' | 'asOf'>;

/** Metric names of EC2, EBS, RDS and idle answers (service model of 2026-08), normalised. Several of one measure are added up. */
const MEASURES: ReadonlyMap<string, Measure> = new Map([
  ['CPU', 'cpuMaximumPercent'],
  ['MEMORY', 'memoryMaximumPercent'],
  ['NETWORKINBYTESPERSECOND', 'networkInMaximumBytesPerSecond'],
  ['NETWORKRECEIVETHROUGHPUT', 'networkInMaximumBytesPerSecond'],
  ['NETWORKOUTBYTESPERSECOND', 'networkOutMaximumBytesPerSecond'],
  ['NETWORKTRANSMITTHROUGHPUT', 'networkOutMaximumBytesPerSecond'],
  ['DATABASECONNECTIONS', 'connectionsMaximum'],
  ['ACTIVECONNECTIONCOUNT', 'connectionsMaximum'],
  ['EBSREADOPSPERSECOND', 'readWriteOperationsPerSecondMaximum'],
  ['EBSWRITEOPSPERSECOND', 'readWriteOperationsPerSecondMaximum'],
  ['VOLUMEREADOPSPERSECOND', 'readWriteOperationsPerSecondMaximum'],
  ['VOLUMEWRITEOPSPERSECOND', 'readWriteOperationsPerSecondMaximum'],
  ['EBSVOLUMEREADIOPS', 'readWriteOperationsPerSecondMaximum'],
  ['EBSVOLUMEWRITEIOPS', 'readWriteOperationsPerSecondMaximum'],
]);

/**
 * The maxima of a resource; null when AWS measured nothing that we read. Only the statistic Maximum counts: an average would make a busy
 * machine look idle. Read and write operations add up to an upper bound, since their maxima need not fall together.
 */
export function utilizationOf(metrics: UtilizationMetrics, base: Pick<Utilization, 'lookbackDays' | 'asOf'>): Utilization | null {
  const measured: Partial<Record<Measure, number>> = {};
  for (const { name, statistic, value } of metrics ?? []) {
    const measure = MEASURES.get(normalised(name));
    if (!measure || normalised(statistic) !== 'MAXIMUM') continue;
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) continue;
    measured[measure] = (measured[measure] ?? 0) + value;
  }
  if (Object.keys(measured).length === 0) return null;
  return { source: 'ComputeOptimizer', ...base, ...measured };
}
