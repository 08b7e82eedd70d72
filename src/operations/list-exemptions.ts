import { type Exemption, type ExemptionState, exemptionState } from '../advice/exemption.ts';
import type { Recommendation } from '../advice/recommendation.ts';
import { type Day, dayOf } from '../kernel/calendar.ts';
import { type DecimalString, plain, sumExact } from '../kernel/money.ts';
import type { Context } from './context.ts';

/** An exemption with what it does today, by the last turn of advice. */
export interface ExemptionRow extends Exemption {
  readonly state: ExemptionState;
  /** It is live, and what it is about costs more than its bound: the advice is open. */
  readonly isOutgrown: boolean;
  /** How many recommendations it covers. */
  readonly recommendations: number;
  readonly acceptedCost: readonly { readonly currency: string; readonly monthlyCost: DecimalString }[];
  /** Who decided what, and when; the first one first. */
  readonly history: readonly Pick<
    Exemption,
    | 'revision'
    | 'change'
    | 'owner'
    | 'reason'
    | 'approver'
    | 'decidedOn'
    | 'expiresOn'
    | 'maximumMonthlyCost'
    | 'currency'
    | 'endedBecause'
    | 'recordedBy'
    | 'recordedAt'
  >[];
}

export interface ExemptionList {
  readonly day: Day;
  /** By day of expiry and id. */
  readonly exemptions: readonly ExemptionRow[];
}

/** What the organisation accepts to pay, and until when. `all`: those that are over, too. */
export async function listExemptions(
  { scope, ports, now }: Context,
  input: { readonly all?: boolean; readonly day?: Day | undefined } = {},
): Promise<ExemptionList> {
  const day = input.day ?? dayOf(now());
  const [revisions, recommendations] = [await ports.exemptions.revisions(scope), await ports.recommendations.current(scope)];
  const exemptions = [...Map.groupBy(revisions, ({ id }) => id).values()]
    .map((history) => rowOf(history, recommendations, day))
    .filter((row) => row !== null)
    .filter(({ state }) => input.all === true || state === 'live')
    .sort((a, b) => (a.expiresOn === b.expiresOn ? (a.id < b.id ? -1 : 1) : a.expiresOn < b.expiresOn ? -1 : 1));
  return { day, exemptions };
}

function rowOf(history: readonly Exemption[], recommendations: readonly Recommendation[], day: Day): ExemptionRow | null {
  const exemption = history.at(-1);
  if (!exemption) return null;
  const state = exemptionState(exemption, day);
  const covered = recommendations.filter((item) => item.status === 'exempted' && item.exemption?.exemptionId === exemption.id);
  return {
    ...exemption,
    state,
    isOutgrown:
      state === 'live' &&
      recommendations.some(({ reopened }) => reopened?.exemptionId === exemption.id && reopened.because === 'outgrown'),
    recommendations: covered.length,
    acceptedCost: [...Map.groupBy(covered, ({ currency }) => currency)].map(([currency, items]) => ({
      currency,
      monthlyCost: plain(sumExact(items.map((item) => item.exemption?.acceptedMonthlyCost ?? '0'))),
    })),
    history: history.map((item) => ({
      revision: item.revision,
      change: item.change,
      owner: item.owner,
      reason: item.reason,
      approver: item.approver,
      decidedOn: item.decidedOn,
      expiresOn: item.expiresOn,
      maximumMonthlyCost: item.maximumMonthlyCost,
      currency: item.currency,
      endedBecause: item.endedBecause,
      recordedBy: item.recordedBy,
      recordedAt: item.recordedAt,
    })),
  };
}
