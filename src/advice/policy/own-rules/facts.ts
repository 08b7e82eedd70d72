import { daysBetween } from '../../../kernel/calendar.ts';
import type { Localized } from '../../../kernel/locale.ts';
import { isCommittable } from '../../../ledger/hourly-usage.ts';
import type { ResourceFacts } from '../../../ledger/resource.ts';
import type { Utilization } from '../../../ledger/utilization.ts';
import { effectiveMonthly, isCovered, type MeterCost, monthlyCosts, onDemandEquivalentMonthly } from '../../costing.ts';
import type { SnapshotView } from '../../snapshot-view.ts';

/** CEL's own names of types. */
export type FactType = 'string' | 'double' | 'int' | 'bool' | 'list<string>' | 'map<string, string>' | 'map<string, double>';

export interface OwnRuleFact {
  readonly type: FactType;
  readonly describes: Localized;
  /** undefined: not known. */
  readonly of: (subject: FactSubject) => unknown;
}

interface FactSubject {
  readonly resource: ResourceFacts;
  readonly view: SnapshotView;
  readonly costs: readonly MeterCost[];
}

const fact = (type: FactType, en: string, ja: string, of: OwnRuleFact['of']): OwnRuleFact => ({
  type,
  describes: { en, ja },
  of,
});
const measured = (name: keyof Utilization, en: string, ja: string): OwnRuleFact =>
  fact('double', en, ja, ({ resource }) => resource.utilization?.[name]);
/** A resource has a handful of usage types; this bounds what an expression walks through. */
const MOST_ENTRIES = 100;
const INSTANCE_TYPE = /:((?:db\.)?[a-z0-9-]+\.[a-z0-9-]+)$/;

/** All that an expression may ask. Amounts are of the snapshot's currency, a month of 730 h at the pace of the last week; as CEL has it, they are doubles here and decide only what is found: money is worked out exactly. */
export const OWN_RULE_FACTS = {
  resourceId: fact(
    'string',
    'Id or ARN, as the bill has it',
    'リソースIDまたはARN（請求書の表記）',
    ({ resource }) => resource.resourceId,
  ),
  resourceType: fact('string', 'Kind, such as "EbsVolume"', '種類（"EbsVolume"など）', ({ resource }) => resource.resourceType),
  accountId: fact('string', 'Account', 'アカウントID', ({ resource }) => resource.accountId),
  accountName: fact(
    'string',
    "The account's name",
    'アカウント名',
    ({ resource, view }) => accountOf(resource, view)?.accountName ?? undefined,
  ),
  regionId: fact('string', 'Region', 'リージョン', ({ resource }) => resource.regionId),
  operation: fact(
    'string',
    'Billing operation, such as "RunInstances"',
    '請求上の操作名（"RunInstances"など）',
    ({ resource }) => resource.operation ?? undefined,
  ),
  tags: fact(
    'map<string, string>',
    'Tags that the bill knows; not known where it has none at all',
    '請求データに含まれるタグ（タグが一つも含まれない場合は不明）',
    ({ resource, view }) =>
      tagKeysOf(view).length === 0
        ? undefined
        : new Map(resource.tags.slice(0, MOST_ENTRIES).map(({ key, value }) => [key, value])),
  ),
  knownTagKeys: fact(
    'list<string>',
    'Tag keys that some resource has: another one may not be activated for cost allocation, so that nobody can tell who lacks it',
    'いずれかのリソースにあるタグキー（それ以外はコスト配分タグとして有効化されていない可能性があり、有無を判断できない）',
    ({ view }) => tagKeysOf(view),
  ),
  environment: fact(
    'string',
    '"production" or "nonProduction"; not known where nobody said',
    '"production"または"nonProduction"（指定がなければ不明）',
    ({ resource, view }) => view.policy.environmentOf(resource) ?? undefined,
  ),
  workload: fact(
    'string',
    'Workload of the plan',
    '計画上のワークロード',
    ({ resource, view }) => view.hearing(resource)?.workload,
  ),
  criticality: fact(
    'string',
    '"high", "medium" or "low", as somebody said',
    '重要度（"high"、"medium"、"low"。ヒアリング情報）',
    ({ resource, view }) => view.hearing(resource)?.criticality ?? undefined,
  ),
  workingHoursPerWeek: fact(
    'double',
    'Hours a week in which people work',
    '週の業務時間',
    ({ resource, view }) => view.policy.workingHours(resource).hoursPerWeek,
  ),
  regionAllowed: fact(
    'bool',
    'Whether the policy allows its region',
    'リージョンがポリシーで許可されているか',
    ({ resource, view }) => view.policy.mayUseRegion(resource, resource.regionId),
  ),
  instanceType: fact(
    'string',
    'Type of a machine, such as "m5.large" or "db.r6g.large"',
    'インスタンスタイプ（"m5.large"、"db.r6g.large"など）',
    ({ costs }) => instanceTypeOf(costs),
  ),
  typeAllowed: fact(
    'bool',
    'Whether the policy allows its instance family',
    'インスタンスファミリーがポリシーで許可されているか',
    ({ resource, view, costs }) => {
      const type = instanceTypeOf(costs);
      return type === undefined ? undefined : view.policy.mayUseType(resource, type);
    },
  ),
  ageDays: fact(
    'int',
    'Days since it was first billed, as far as the data reach: it may be older',
    '最初の請求からの日数（データの範囲内。実際はより古い可能性あり）',
    ({ resource, view }) => BigInt(daysBetween(resource.firstBilledDay, view.snapshot.asOf)),
  ),
  currency: fact('string', 'Currency of the amounts', '金額の通貨', ({ view }) => view.snapshot.currency),
  monthlyCost: fact('double', 'Cost a month', '月額コスト', ({ costs }) => effectiveMonthly(costs).toNumber()),
  onDemandMonthlyCost: fact('double', 'The same without commitments', 'コミットメント割引がない場合の月額コスト', ({ costs }) =>
    onDemandEquivalentMonthly(costs).toNumber(),
  ),
  isCoveredByCommitment: fact(
    'bool',
    'Whether a commitment pays for some of it',
    'コミットメント割引が適用されているか',
    ({ costs }) => isCovered(costs),
  ),
  usageTypes: fact(
    'list<string>',
    'Usage types without the prefix of the region, such as "BoxUsage:m5.large"',
    '使用タイプ（リージョン接頭辞なし。"BoxUsage:m5.large"など）',
    ({ costs }) => costs.slice(0, MOST_ENTRIES).map(({ meterKind }) => meterKind),
  ),
  monthlyCostByUsageType: fact('map<string, double>', 'Cost a month by usage type', '使用タイプ別の月額コスト', ({ costs }) =>
    byUsageType(costs, ({ effectiveMonthly }) => effectiveMonthly.toNumber()),
  ),
  monthlyUsageByUsageType: fact(
    'map<string, double>',
    'Usage a month by usage type: hours, GB-months, requests',
    '使用タイプ別の月間使用量（時間、GB月、リクエスト数など）',
    ({ costs }) => byUsageType(costs, ({ unitsMonthly }) => unitsMonthly.toNumber()),
  ),
  hoursMonthly: fact('double', 'Machine hours a month; 730 is always on', '月間稼働時間（730で常時稼働）', ({ costs }) => {
    const machines = costs.filter(({ meterKind }) => isCommittable(meterKind));
    return machines.length === 0 ? undefined : machines.reduce((sum, { unitsMonthly }) => sum + unitsMonthly.toNumber(), 0);
  }),
  cpuMaximumPercent: measured('cpuMaximumPercent', 'Highest CPU of the look-back', '参照期間の最大CPU使用率（%）'),
  memoryMaximumPercent: measured('memoryMaximumPercent', 'Highest memory of the look-back', '参照期間の最大メモリ使用率（%）'),
  networkInMaximumBytesPerSecond: measured('networkInMaximumBytesPerSecond', 'Most traffic in', '最大受信量（バイト/秒）'),
  networkOutMaximumBytesPerSecond: measured('networkOutMaximumBytesPerSecond', 'Most traffic out', '最大送信量（バイト/秒）'),
  connectionsMaximum: measured('connectionsMaximum', 'Most connections at once', '最大同時接続数'),
} satisfies Readonly<Record<string, OwnRuleFact>>;

/** The facts of one resource, each worked out when an expression first asks for it. */
export function factsOf(resource: ResourceFacts, view: SnapshotView): Readonly<Record<string, unknown>> {
  let costs: readonly MeterCost[] | null = null;
  const known = new Map<string, unknown>();
  const subject: FactSubject = {
    resource,
    view,
    get costs() {
      costs ??= monthlyCosts(resource, view);
      return costs;
    },
  };
  return new Proxy(OWN_RULE_FACTS as Readonly<Record<string, OwnRuleFact>>, {
    get: (all, name) => {
      if (typeof name !== 'string' || !Object.hasOwn(all, name)) return undefined;
      if (!known.has(name)) known.set(name, all[name]?.of(subject));
      return known.get(name);
    },
  });
}

const tagKeys = new WeakMap<SnapshotView['snapshot'], readonly string[]>();

/** An empty list of tags is no fact: the source may not tell any. */
function tagKeysOf({ snapshot }: SnapshotView): readonly string[] {
  const known = tagKeys.get(snapshot);
  if (known) return known;
  const keys = [...new Set(snapshot.resources.flatMap(({ tags }) => tags.map(({ key }) => key)))].sort().slice(0, MOST_ENTRIES);
  tagKeys.set(snapshot, keys);
  return keys;
}

function accountOf({ accountId }: ResourceFacts, { snapshot }: SnapshotView) {
  return snapshot.accounts.find((account) => account.accountId === accountId);
}

function instanceTypeOf(costs: readonly MeterCost[]): string | undefined {
  const types = costs.flatMap(({ meterKind }) => (isCommittable(meterKind) ? (INSTANCE_TYPE.exec(meterKind)?.[1] ?? []) : []));
  return types.at(-1);
}

function byUsageType(costs: readonly MeterCost[], of: (cost: MeterCost) => number): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const cost of costs.slice(0, MOST_ENTRIES)) sums.set(cost.meterKind, (sums.get(cost.meterKind) ?? 0) + of(cost));
  return sums;
}
