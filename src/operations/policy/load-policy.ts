import type { Catalogue } from '../../advice/catalogue-entry.ts';
import type { Detector } from '../../advice/detector.ts';
import type { PolicyDocument } from '../../advice/policy/document.ts';
import { ownEntry } from '../../advice/policy/own-rules/own-entry.ts';
import type { PolicyProblem } from '../../advice/policy/place.ts';
import { NO_POLICY, type Policy } from '../../advice/policy/policy-view.ts';
import { type PolicyLayer, type ReadPolicy, readPolicy } from '../../advice/policy/read-policy.ts';
import { organizationAccount, organizationOf } from '../../ledger/organization.ts';
import type { Context } from '../context.ts';
import type { PolicyRecord } from '../ports/policies.ts';

type ByLayer<T> = Readonly<Record<PolicyLayer, T | null>>;

/** What holds for the tenant now. */
export interface LoadedPolicy {
  readonly policy: Policy;
  /** The organisation's own, ready to judge and to be told of; the tenant's stands for the integrator's of the same id. */
  readonly ownRules: Catalogue;
  readonly records: ByLayer<PolicyRecord>;
  /** Without what is not usable. */
  readonly read: Readonly<Record<PolicyLayer, ReadPolicy>>;
  /** A policy that was good when it was kept may no longer fit the rules of today: that part is left out, and said here. */
  readonly problems: readonly (PolicyProblem & { readonly layer: PolicyLayer })[];
  /** Whether it speaks of units, which only the organisation knows. */
  readonly namesUnits: boolean;
}

/** The newest policies, ready to judge by. Never fails over their contents. */
export async function loadPolicy(context: Context, detectors: readonly Detector[]): Promise<LoadedPolicy> {
  const records = await context.ports.policies.effective(context.scope);
  const read = (layer: PolicyLayer): ReadPolicy => {
    const record = records[layer];
    if (record === null) return { document: null, rules: [], problems: [] };
    return readPolicy(record.text, { layer, detectors, locale: context.locale });
  };
  const [integrator, tenant] = [read('integrator'), read('tenant')];
  const known = [integrator, tenant].flatMap(({ document }) => document ?? []);
  return {
    policy: await policyOf(context, known, {
      integrator: records.integrator?.version ?? null,
      tenant: records.tenant?.version ?? null,
    }),
    ownRules: ownRulesOf([integrator, tenant]),
    records,
    read: { integrator, tenant },
    problems: [
      ...integrator.problems.map((problem) => ({ layer: 'integrator' as const, ...problem })),
      ...tenant.problems.map((problem) => ({ layer: 'tenant' as const, ...problem })),
    ],
    namesUnits: known.some(namesUnits),
  };
}

/** Documents from the widest to the narrowest, with the organisation where they speak of its units. */
export async function policyOf(
  { scope, ports }: Context,
  documents: readonly PolicyDocument[],
  versions: Policy['versions'],
): Promise<Policy> {
  const organization = documents.some(namesUnits)
    ? organizationOf(await ports.facts.read(scope, organizationAccount))
    : NO_POLICY.organization;
  return { documents, organization, versions };
}

export function ownRulesOf(read: readonly Pick<ReadPolicy, 'rules'>[]): Catalogue {
  const byId = new Map(read.flatMap(({ rules }) => rules).map((rule) => [rule.rule.id, rule]));
  return [...byId.values()].map(ownEntry);
}

/** Everything that is looked for with this tenant: ours, and the organisation's own. */
export async function catalogueOf(context: Context, ours: Catalogue): Promise<Catalogue> {
  const { ownRules } = await loadPolicy(
    context,
    ours.map(({ detector }) => detector),
  );
  return [...ours, ...ownRules];
}

function namesUnits({ environments = {}, licences = [], layers = [] }: PolicyDocument): boolean {
  const selectors = [...(environments.production ?? []), ...(environments.nonProduction ?? []), ...licences, ...layers];
  return selectors.some(({ organizationalUnits }) => organizationalUnits !== undefined);
}
