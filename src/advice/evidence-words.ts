import type { Locale, Localized } from '../kernel/locale.ts';
import type { Evidence } from './detector.ts';
import { formatValue } from './message.ts';

/** What each field of evidence is called, with its unit where it has one. A test holds this against the catalogue. */
const LABELS: Readonly<Record<string, Localized>> = {
  ageDays: { en: 'Days on the bill, at least', ja: '課金されている日数（最短）' },
  averageLcu: { en: 'Capacity units an hour (LCU), average', ja: '平均LCU（1時間あたり）' },
  awsSaysUnused: { en: 'Compute Optimizer calls it unused', ja: 'Compute Optimizerの判定が未使用' },
  billedMonth: { en: 'Month of the bill', ja: '請求月' },
  connectionsMaximum: { en: 'Most connections at once', ja: '最大同時接続数' },
  cpuMaximumPercent: { en: 'Highest CPU (%)', ja: '最大CPU使用率（%）' },
  creditsMonthlyCost: { en: 'CPU credits a month', ja: 'CPUクレジット料金（月額）' },
  cutOver: { en: 'Cut-over', ja: '切り替え日' },
  databaseEngine: { en: 'Database engine', ja: 'データベースエンジン' },
  daysSinceCutOver: { en: 'Days since the cut-over', ja: '切り替えからの日数' },
  deploymentOption: { en: 'Deployment', ja: 'デプロイ構成' },
  detachedDays: { en: 'Days unattached, at least', ja: '未接続の日数（最短）' },
  engineVersion: { en: 'Engine version', ja: 'エンジンのバージョン' },
  eventsMonthly: { en: 'Events a month', ja: '月間イベント数' },
  gatewayCount: { en: 'NAT gateways in use there', ja: '使用中のNATゲートウェイ数（同一アカウント・リージョン）' },
  gigabytesPerDay: { en: 'Data processed a day (GB)', ja: '1日の処理データ量（GB）' },
  gp2Iops: { en: 'IOPS that gp2 gives', ja: 'gp2のIOPS' },
  growthPerDayGigabytes: { en: 'Growth a day (GB)', ja: '1日の増加量（GB）' },
  heldDays: { en: 'Days of data held', ja: '保管されているデータの日数' },
  hourlyCommitment: { en: 'Commitment an hour', ja: '1時間あたりのコミットメント' },
  hourlySteadyCost: { en: 'Steady on-demand usage an hour', ja: '1時間あたりの定常オンデマンド利用額' },
  hoursMonthly: { en: 'Hours running a month', ja: '稼働時間（月）' },
  hoursPerWeek: { en: 'Working hours a week', ja: '業務時間（週）' },
  instanceClass: { en: 'Instance class', ja: 'インスタンスクラス' },
  instanceType: { en: 'Instance type', ja: 'インスタンスタイプ' },
  keptDays: { en: 'Days to keep', ja: '保管する日数' },
  knownByHourPercent: { en: 'Usage known by the hour (%)', ja: '時間別に把握済みの利用（%）' },
  lookbackDays: { en: 'Days looked at', ja: '参照期間（日）' },
  maximumAverageLcu: { en: 'Limit for average LCU', ja: '平均LCUのしきい値' },
  maximumCpuPercent: { en: 'Limit for CPU (%)', ja: 'CPU使用率のしきい値（%）' },
  maximumMegabytesPerDay: { en: 'Limit for data a day (MB)', ja: '1日の処理データ量のしきい値（MB）' },
  maximumRequestsPerDay: { en: 'Limit for requests a day', ja: '1日のリクエスト数のしきい値' },
  maximumTrafficCostPercent: { en: 'Limit for traffic cost (% of hours)', ja: '通信料のしきい値（時間料金比、%）' },
  maximumUsedPercent: { en: 'Limit for use (%)', ja: '使用率のしきい値（%）' },
  maximumUsePerDay: { en: 'Limit for use a day', ja: '1日の利用量のしきい値' },
  measuredIops: { en: 'Most operations a second measured', ja: '測定された最大IOPS' },
  megabytesPerDay: { en: 'Data processed a day (MB)', ja: '1日の処理データ量（MB）' },
  memoryMaximumPercent: { en: 'Highest memory (%)', ja: '最大メモリ使用率（%）' },
  millionOperationsMonthly: { en: 'Operations a month (million)', ja: '月間入出力回数（百万回）' },
  minimumGigabytesPerDay: { en: 'Looked at from, data a day (GB)', ja: '確認対象となる1日のデータ量（GB）' },
  monitoringCost: { en: 'Monitoring a month', ja: 'モニタリング費用（月額）' },
  monthlyCost: { en: 'Cost a month', ja: '月額コスト' },
  monthlySavings: { en: 'Expected saving a month', ja: '削減見込額（月額）' },
  operatingSystem: { en: 'Operating system', ja: 'OS' },
  penaltyCost: { en: 'Early deletion, retrieval and small objects a month', ja: '早期削除・取り出し・小サイズの費用（月額）' },
  pricedPercent: { en: 'Usage with a known price (%)', ja: '単価を確認できた利用の割合（%）' },
  projectedCpuMaximumPercent: { en: 'Highest CPU expected (%)', ja: '変更後の最大CPU使用率（見込み、%）' },
  provisionedIops: { en: 'IOPS provisioned', ja: '設定されているIOPS' },
  requestsPerDay: { en: 'Requests a day', ja: '1日のリクエスト数' },
  runningHoursPerWeek: { en: 'Hours running a week', ja: '稼働時間（週）' },
  savingsPercent: { en: 'Costs less by (%)', ja: '単価の低減率（%）' },
  services: { en: 'Services', ja: 'サービス' },
  settledDays: { en: 'Settled days judged', ja: '判定に使った確定日数' },
  sizeGib: { en: 'Size (GiB)', ja: '容量（GiB）' },
  stagedGigabytes: { en: 'Unfinished uploads (GB)', ja: '未完了アップロードの量（GB）' },
  standardMonthlyCost: { en: 'Cost a month without the surcharge', ja: '追加料金を除く月額コスト' },
  storageClass: { en: 'Storage class', ja: 'ストレージクラス' },
  storageGb: { en: 'Data stored (GB)', ja: '保管データ量（GB）' },
  storageMonthlyCost: { en: 'Cost of storage a month', ja: '保管料金（月額）' },
  storedGigabytes: { en: 'Stored (GB)', ja: '保管量（GB）' },
  supportYear: { en: 'Year of extended support', ja: '延長サポートの年次' },
  targetClass: { en: 'Proposed class', ja: '推奨クラス' },
  targetIops: { en: 'IOPS to set', ja: '設定するIOPS' },
  targetMonthlyCost: { en: 'Cost a month afterwards', ja: '変更後の月額コスト' },
  targetThroughputMibps: { en: 'Throughput to set (MiB/s)', ja: '設定するスループット（MiB/s）' },
  targetType: { en: 'Proposed type', ja: '推奨タイプ' },
  throughputMonthlyCost: { en: 'Cost of reads and writes a month', ja: '読み書きの料金（月額）' },
  timeZone: { en: 'Time zone of the working hours', ja: '業務時間のタイムゾーン' },
  trafficCost: { en: 'Cost of the traffic a month', ja: '通信料（月額）' },
  trafficCostPercent: { en: 'Traffic cost (% of hours)', ja: '通信料（時間料金比、%）' },
  tranchePercent: { en: 'Share of the first purchase (%)', ja: '初回購入の割合（%）' },
  unreadPercent: { en: 'Not read or written in a month (%)', ja: '1か月間読み書きのない割合（%）' },
  unusedInstances: { en: 'Places always empty', ja: '常に空いている台数' },
  usedPercent: { en: 'In use (%)', ja: '使用率（%）' },
  usePerDay: { en: 'Use a day, as the bill counts it', ja: '1日の利用量（請求単位）' },
  volumeType: { en: 'Volume type', ja: 'ボリュームタイプ' },
  wave: { en: 'Wave', ja: 'ウェーブ' },
  workingHoursPerWeek: { en: 'Working hours a week, with margin', ja: '業務時間（週、前後の余裕を含む）' },
  yearlySavings: { en: 'Expected saving a year', ja: '削減見込額（年額）' },
  zones: { en: 'Availability Zones switched on', ja: '有効なアベイラビリティーゾーン数' },
};

/** One fact behind a recommendation, as a reader sees it. */
export interface EvidenceInWords {
  readonly field: string;
  readonly label: string;
  readonly value: string;
}

/** In the order in which the detector tells it. A field without a label keeps its own name: old evidence outlives its detector. */
export function evidenceInWords(evidence: Evidence, currency: string, locale: Locale): readonly EvidenceInWords[] {
  return Object.entries(evidence).map(([field, value]) => ({
    field,
    label: Object.hasOwn(LABELS, field) ? (LABELS[field]?.[locale] ?? field) : field,
    value: formatValue(field, value, currency, locale),
  }));
}
