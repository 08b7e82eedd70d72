import { z } from 'zod';
import { defineFact, type KnownFact } from './fact.ts';
import type { HubEnrolment } from './hub-facts.ts';

/** How many monitors of AWS's anomaly detection the payer has: 0 is an answer, no fact is none. */
export const anomalyMonitorCount = defineFact('anomalyMonitorCount', z.strictObject({ count: z.int().min(0) }));
export type AnomalyMonitorCount = z.infer<typeof anomalyMonitorCount.schema>;

/** What a payer watches its cost with, and by what it can tell it apart. What was not read is not there. */
export interface SafetyNets {
  readonly hub: readonly { readonly accountId: string; readonly status: HubEnrolment['status'] }[];
  readonly anomalyMonitors: readonly { readonly accountId: string; readonly count: number }[];
  /** Tag keys that stand on some resource, with whether the bill carries them. Strangers' text. */
  readonly allocationTags: readonly { readonly accountId: string; readonly key: string; readonly isActive: boolean }[];
}

export const NO_SAFETY_NETS: SafetyNets = { hub: [], anomalyMonitors: [], allocationTags: [] };

/** Facts of connections, told of their payers; what the Hub says of member accounts follows from its payer and is left out. */
export function safetyNetsOf(
  facts: {
    readonly enrolments: readonly KnownFact<HubEnrolment>[];
    readonly counts: readonly KnownFact<AnomalyMonitorCount>[];
    readonly keys: readonly KnownFact<{ readonly kind: 'tag' | 'costCategory'; readonly isActive: boolean }>[];
  },
  payerOf: (connectionId: string) => string | undefined,
): SafetyNets {
  return {
    hub: byPayer(
      facts.enrolments.filter(({ accountId, connectionId }) => accountId === payerOf(connectionId)),
      payerOf,
      ({ body }) => ({ status: body.status }),
    ),
    anomalyMonitors: byPayer(facts.counts, payerOf, ({ body }) => ({ count: body.count })),
    allocationTags: byPayer(
      facts.keys.filter(({ body }) => body.kind === 'tag'),
      payerOf,
      ({ key, body }) => ({ key: key.slice('tag '.length), isActive: body.isActive }),
    ),
  };
}

/** Two connections of one payer say the same: the later one stands. */
function byPayer<Body, Said extends object>(
  facts: readonly KnownFact<Body>[],
  payerOf: (connectionId: string) => string | undefined,
  say: (fact: KnownFact<Body>) => Said,
): (Said & { readonly accountId: string })[] {
  const said = new Map<string, Said & { readonly accountId: string }>();
  for (const fact of facts.toSorted((a, b) => (a.readAt < b.readAt ? -1 : a.readAt > b.readAt ? 1 : 0))) {
    const accountId = payerOf(fact.connectionId);
    if (accountId !== undefined) said.set(`${accountId}\n${fact.key}`, { accountId, ...say(fact) });
  }
  return [...said].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}
