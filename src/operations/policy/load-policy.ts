import type { Detector } from '../../advice/detector.ts';
import type { PolicyDocument } from '../../advice/policy/document.ts';
import type { PolicyProblem } from '../../advice/policy/place.ts';
import { NO_POLICY, type Policy } from '../../advice/policy/policy-view.ts';
import { POLICY_LAYERS, type PolicyLayer, readPolicy } from '../../advice/policy/read-policy.ts';
import { organizationAccount, organizationOf } from '../../ledger/organization.ts';
import type { Context } from '../context.ts';
import type { PolicyRecord } from '../ports/policies.ts';

type ByLayer<T> = Readonly<Record<PolicyLayer, T | null>>;

/** What holds for the tenant now. */
export interface LoadedPolicy {
  readonly policy: Policy;
  readonly records: ByLayer<PolicyRecord>;
  /** Without what is not usable. */
  readonly documents: ByLayer<PolicyDocument>;
  /** A policy that was good when it was kept may no longer fit the rules of today: that part is left out, and said here. */
  readonly problems: readonly (PolicyProblem & { readonly layer: PolicyLayer })[];
  /** Whether it speaks of units, which only the organisation knows. */
  readonly namesUnits: boolean;
}

/** The newest policies, ready to judge by. Never fails over their contents. */
export async function loadPolicy(context: Context, detectors: readonly Detector[]): Promise<LoadedPolicy> {
  const records = await context.ports.policies.effective(context.scope);
  const read = (layer: PolicyLayer) => {
    const record = records[layer];
    return record ? readPolicy(record.text, { layer, detectors, locale: context.locale }) : { document: null, problems: [] };
  };
  const [integrator, tenant] = [read('integrator'), read('tenant')];
  const documents = { integrator: integrator.document, tenant: tenant.document };
  const known = POLICY_LAYERS.flatMap((layer) => documents[layer] ?? []);
  return {
    policy: await policyOf(context, known, {
      integrator: records.integrator?.version ?? null,
      tenant: records.tenant?.version ?? null,
    }),
    records,
    documents,
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

function namesUnits({ environments = {}, licences = [], layers = [] }: PolicyDocument): boolean {
  const selectors = [...(environments.production ?? []), ...(environments.nonProduction ?? []), ...licences, ...layers];
  return selectors.some(({ organizationalUnits }) => organizationalUnits !== undefined);
}
