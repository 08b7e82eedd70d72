import { deduplicate } from './deduplicate.ts';
import type { Recommendation } from './recommendation.ts';
import type { SnapshotView } from './snapshot-view.ts';
import { stack } from './stack.ts';

/**
 * What the organisation accepts to go on paying: what each exempted recommendation would save beside the other exempted ones, as if only these
 * were followed. It is capped like all advice, and counts each saving once; it is in no total of what is open.
 */
export function withAcceptedCost(recommendations: readonly Recommendation[], view: SnapshotView): Recommendation[] {
  const exempted = recommendations.filter(({ status }) => status === 'exempted');
  if (exempted.length === 0) return [...recommendations];
  const alone = stack(deduplicate(exempted.map((item) => ({ ...item, status: 'open' as const }))), view);
  const accepted = new Map(alone.map(({ id, netMonthlySavings }) => [id, netMonthlySavings]));
  return recommendations.map((item) => {
    if (item.status !== 'exempted' || item.exemption === null) return item;
    return { ...item, exemption: { ...item.exemption, acceptedMonthlyCost: accepted.get(item.id) ?? '0' } };
  });
}
