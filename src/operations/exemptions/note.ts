import type { Exemption, ExemptionScope } from '../../advice/exemption.ts';
import { oneLine } from '../../kernel/text.ts';
import type { Context } from '../context.ts';

/** Who accepted what, in the tenant's audit; the terms themselves stay in the revisions. */
export async function noteExemption(
  { ports, scope }: Context,
  action: 'exemptionAdded' | 'exemptionEnded',
  exemption: Exemption,
): Promise<void> {
  const { id, owner, approver, expiresOn, revision } = exemption;
  const detail = { about: aboutOf(exemption), owner: oneLine(owner, 200), approver: oneLine(approver, 200), expiresOn };
  await ports.audit.record(scope, { action, subject: id, detail: { ...detail, revision: String(revision) } });
}

/** What it is about, on one line. */
export function aboutOf({ detectorId, resourceId, accountId, regionId, tagKey, tagValue }: ExemptionScope): string {
  const tag = tagKey === null ? null : `${tagKey}=${tagValue}`;
  return [resourceId, tag, accountId, regionId, detectorId]
    .filter((part) => part !== null && part !== '')
    .map((part) => oneLine(part ?? '', 300))
    .join(' · ');
}

/** Null where there are several, or none. */
export async function onlyCurrency({ ports, scope }: Context): Promise<string | null> {
  const { currencies } = await ports.ledgerReader.freshness(scope);
  return currencies.length === 1 ? (currencies[0] ?? null) : null;
}
