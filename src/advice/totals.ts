import { plain, sumExact } from '../kernel/money.ts';
import { isLive } from './deduplicate.ts';
import type { Recommendation, Totals } from './recommendation.ts';

/** Over what is open or accepted: gross counts overlapping savings again and again, net counts each once; what is exempted is in neither. */
export function totalsOf(recommendations: readonly Recommendation[]): Totals {
  const live = recommendations.filter(isLive);
  const gross = sumExact(live.map((item) => item.savings.expected));
  const net = sumExact(live.map((item) => item.netMonthlySavings));
  const accepted = sumExact(
    recommendations.flatMap(({ status, exemption }) =>
      status === 'exempted' && exemption ? [exemption.acceptedMonthlyCost] : [],
    ),
  );
  return { gross: plain(gross), overlap: plain(gross.minus(net)), net: plain(net), acceptedCost: plain(accepted) };
}
