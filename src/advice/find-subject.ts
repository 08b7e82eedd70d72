import type { Snapshot } from '../ledger/snapshot.ts';
import type { Subject } from './detector.ts';

/** A resource of which we know something, from the bill or from what was once advised. */
export type NamedResource = Subject & { readonly resourceId: string };

export type FoundSubject =
  | { readonly kind: 'resource'; readonly resource: NamedResource }
  | { readonly kind: 'account'; readonly accountId: string }
  | { readonly kind: 'candidates'; readonly candidates: readonly NamedResource[] }
  | { readonly kind: 'none' };

export interface SubjectQuestion {
  /** An account id, a whole resource id or ARN, or the end of one: "i-0abc", "volume/vol-1", a bucket's name. */
  readonly text: string;
  readonly accountId?: string | undefined;
  readonly regionId?: string | undefined;
}

type Known = Pick<Snapshot, 'resources' | 'accounts'>;

/**
 * What somebody means by a name. The closest way of reading it that finds anything counts: the whole id; an ARN around the id, or its end; one
 * part of an ARN (the name of a load balancer, without the number behind it). `advised` are resources that left the bill.
 */
export function findSubject(question: SubjectQuestion, snapshot: Known, advised: readonly NamedResource[]): FoundSubject {
  const text = question.text.trim();
  if (isAccount(text, question, snapshot, advised)) return { kind: 'account', accountId: text };
  const known = [...snapshot.resources, ...advised].filter(
    ({ accountId, regionId }) =>
      (question.accountId === undefined || accountId === question.accountId) &&
      (question.regionId === undefined || regionId === question.regionId),
  );
  for (const reads of READINGS) {
    const found = once(known.filter((resource) => reads(text, resource)));
    const [only] = found;
    if (only && found.length === 1) return { kind: 'resource', resource: only };
    if (found.length > 1) return { kind: 'candidates', candidates: found };
  }
  return { kind: 'none' };
}

type Reading = (text: string, resource: NamedResource) => boolean;

const READINGS: readonly Reading[] = [
  (text, { resourceId }) => resourceId === text,
  (text, resource) => arnNames(text, resource) || (text !== '' && /[:/]/.test(before(resource.resourceId, text))),
  (text, { resourceId }) => text !== '' && arnPartsOf(resourceId).includes(text),
];

/** The character before `end` where the id ends with it; empty where it does not. */
function before(resourceId: string, end: string): string {
  return resourceId.endsWith(end) ? (resourceId.at(-end.length - 1) ?? '') : '';
}

/** "arn:aws:ec2:region:account:volume/vol-1" of what the bill calls "vol-1"; the ARN of a bucket names neither account nor region. */
function arnNames(text: string, { resourceId, accountId, regionId }: NamedResource): boolean {
  const [arn, , , region = '', account = ''] = text.split(':');
  if (arn !== 'arn' || !/[:/]/.test(before(text, resourceId))) return false;
  return (account === '' || account === accountId) && (region === '' || region === regionId);
}

/** What stands behind service, region and account. */
function arnPartsOf(resourceId: string): readonly string[] {
  return resourceId.startsWith('arn:') ? resourceId.split(':').slice(5).join('/').split('/') : [];
}

function isAccount(
  text: string,
  { accountId }: SubjectQuestion,
  { accounts }: Known,
  advised: readonly NamedResource[],
): boolean {
  if (accountId !== undefined && accountId !== text) return false;
  return accounts.some((account) => account.accountId === text) || advised.some((item) => item.accountId === text);
}

/** By account, region and id, in a fixed order; what is on the bill comes first and counts. */
function once(resources: readonly NamedResource[]): readonly NamedResource[] {
  const byKey = new Map<string, NamedResource>();
  for (const resource of resources) {
    const key = `${resource.resourceId}\n${resource.accountId}\n${resource.regionId}`;
    if (!byKey.has(key)) byKey.set(key, resource);
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, resource]) => resource);
}
