import type { Locale, Localized } from '../kernel/locale.ts';
import type { Coverage, FactKind } from '../ledger/snapshot.ts';

const FACTS: Readonly<Record<FactKind, Localized>> = {
  usageByResource: { en: 'Cost by resource', ja: 'リソース別のコスト' },
  usageByAccount: { en: 'Cost by account and usage type', ja: 'アカウント・使用タイプ別のコスト' },
  monthlyUsage: { en: 'Usage by account of a closed month', ja: '締め後の月のアカウント別利用量' },
  computeOptimizer: { en: 'Compute Optimizer', ja: 'Compute Optimizer' },
  prices: { en: 'The list price', ja: '定価' },
  commitments: { en: 'The list of Savings Plans owned', ja: '保有するSavings Plansの一覧' },
  hourlyUsage: { en: 'Usage by the hour', ja: '時間別の利用量' },
  plan: { en: 'The migration plan', ja: '移行計画' },
};

/** Why a fact is not there. The first ones are states of coverage, the others answers of a source about one resource or price. */
const STATES: Readonly<
  Record<Exclude<Coverage['state'], 'covered'> | 'notAnalysed' | 'notAsked' | 'notFound' | 'ambiguous', Localized>
> = {
  notEnrolled: { en: 'is not switched on there', ja: 'が有効になっていません' },
  accessDenied: { en: 'may not be read with these credentials', ja: 'を読み取る権限がありません' },
  failed: { en: 'could not be read', ja: 'を読み取れませんでした' },
  notPulled: { en: 'has not been read yet', ja: 'をまだ読み取っていません' },
  tooOld: { en: 'is too old to judge by', ja: 'が古く、判断に使えません' },
  notAnalysed: { en: 'has not analysed the resource', ja: 'がこのリソースを分析していません' },
  notAsked: { en: 'has not been asked yet', ja: 'をまだ問い合わせていません' },
  notFound: { en: 'was not found', ja: 'が見つかりませんでした' },
  ambiguous: { en: 'has more than one answer', ja: 'を一つに特定できませんでした' },
};

const OTHERS: Readonly<Record<string, Localized>> = {
  recentCommitment: {
    en: 'A commitment began within the look-back or is queued; what stays on demand beside it cannot be told yet',
    ja: '参照期間中に開始した（または開始待ちの）コミットメントがあり、残るオンデマンド利用をまだ判断できません',
  },
  shortHistory: { en: 'The history is shorter than the look-back', ja: '参照期間に足りる履歴がありません' },
  cpuNotMeasured: { en: 'CPU use was not measured', ja: 'CPU 使用率が測定されていません' },
  networkNotMeasured: { en: 'Network use was not measured', ja: 'ネットワーク使用量が測定されていません' },
  memoryNotMeasured: { en: 'Memory use was not measured', ja: 'メモリ使用率が測定されていません' },
  operationsNotMeasured: { en: 'Reads and writes a second were not measured', ja: 'IOPSが測定されていません' },
  fileAccessNotBilled: {
    en: 'What is read and written is not on the bill of this throughput mode',
    ja: 'このスループットモードでは、読み書きの量が請求に現れません',
  },
  platform: { en: 'The operating system is not known', ja: 'OS が分かりません' },
  databaseEngine: { en: 'The database engine is not known', ja: 'データベースエンジンが分かりません' },
  cacheEngine: { en: 'The engine of the cache is not known', ja: 'キャッシュのエンジンが分かりません' },
  otherCurrency: {
    en: 'The bill is not in US dollars of AWS, so the list price cannot be held against it',
    ja: '請求がAWSの米ドル建てではないため、定価と比較できません',
  },
  engineVersion: { en: 'The engine version is not known', ja: 'エンジンのバージョンが分かりません' },
  regionPrefix: { en: 'The region of the usage type is not known', ja: '使用タイプのリージョンが分かりません' },
  detachedDays: { en: 'Since when it is unattached is not known', ja: 'いつから未接続なのか分かりません' },
  volumeUsage: { en: 'The size of the volume is not on the bill', ja: 'ボリュームの容量が請求にありません' },
  'policy.switchedOff': { en: 'Switched off by your policy', ja: 'ポリシーで無効にされています' },
  'policy.notUsable': { en: 'A part of your policy cannot be used', ja: 'ポリシーに使用できない部分があります' },
  'policy.organizationUnknown': {
    en: 'The policy names units, and the unit of these accounts is not known',
    ja: 'ポリシーは組織単位を指定していますが、所属が分からないアカウントがあります',
  },
  'ownRule.cannotTell': {
    en: 'Your rule asks for something that these facts do not have',
    ja: '自社ルールが参照する値がありません',
  },
  'ownRule.shareOutOfBounds': {
    en: 'The share that your rule gives is not between 0 and 1',
    ja: '自社ルールの削減割合が0〜1の範囲外です',
  },
  environmentUnknown: {
    en: 'Whether it is production is not known (tags, hearing or policy)',
    ja: '本番環境かどうか分かりません（タグ・ヒアリング・ポリシーのいずれにもありません）',
  },
  hubEnrolment: {
    en: 'Whether Cost Optimization Hub is on has not been read',
    ja: 'Cost Optimization Hubが有効かどうかを読み取れていません',
  },
  anomalyMonitors: {
    en: 'The monitors of AWS anomaly detection have not been read',
    ja: 'コスト異常検出のモニターを読み取れていません',
  },
  allocationTags: { en: 'The cost allocation tags have not been read', ja: 'コスト配分タグの一覧を読み取れていません' },
  planServices: {
    en: 'The plan does not tell services apart',
    ja: '計画がサービス別になっていません',
  },
  durationNotProjected: {
    en: 'How much longer it would run with less memory is not known',
    ja: 'メモリを減らした場合の実行時間が分かりません',
  },
  detectorFailed: { en: 'The rule itself failed; the log says why', ja: 'ルールの実行に失敗しました (原因はログにあります)' },
};

const OWN_FACT: Localized = {
  en: 'Your rule asks for {fact}, which is not known',
  ja: '自社ルールが参照する{fact}が分かりません',
};

/** The message id of a missing fact ("computeOptimizer.notEnrolled") in words; an id that has none is shown as it is. */
export function missingInWords(because: string, locale: Locale): string {
  const [fact = '', state = ''] = because.split('.');
  if (fact === 'ownRuleFact') return OWN_FACT[locale].replace('{fact}', state);
  const known = OTHERS[because];
  if (Object.hasOwn(OTHERS, because) && known) return known[locale];
  if (!Object.hasOwn(FACTS, fact) || !Object.hasOwn(STATES, state)) return because;
  const [subject, predicate] = [FACTS[fact as FactKind][locale], STATES[state as keyof typeof STATES][locale]];
  return locale === 'ja' ? `${subject}${predicate}` : `${subject} ${predicate}`;
}
