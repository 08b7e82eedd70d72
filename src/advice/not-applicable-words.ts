import type { Locale, Localized } from '../kernel/locale.ts';

/** Why a rule is not for a thing. A test holds this against the source of the detectors. */
const REASONS: Readonly<Record<string, Localized>> = {
  tooYoung: { en: 'it is younger than the days that the rule looks at', ja: '参照期間より新しいリソースです' },
  disasterRecoveryStandby: { en: 'it is a standby for disasters', ja: '災害対策の待機系です' },
  autoScalingGroup: {
    en: 'an Auto Scaling group decides about its number and type',
    ja: '台数とタイプをAuto Scalingグループが決めています',
  },
  noOnDemandHours: { en: 'it has no hours at on-demand or Savings Plans prices', ja: 'オンデマンドの稼働時間がありません' },
  noInstanceHours: { en: 'the bill has no instance hours of it', ja: '請求にインスタンスの稼働時間がありません' },
  typeChangedRecently: { en: 'its type was changed a short time ago', ja: '最近タイプが変更されました' },
  licenceBound: { en: 'a licence is bound to it', ja: 'ライセンスがこのリソースに紐づいています' },
  noSameSize: { en: 'the newer generation has no type of its size', ja: '新世代に同じサイズのタイプがありません' },
  rightsizingChangesGeneration: {
    en: 'the advice to make it smaller moves it to a newer generation anyway',
    ja: 'サイズ変更の推奨により、同時に新世代へ移行します',
  },
  moreIopsThanAllowed: {
    en: 'it has more provisioned IOPS than the rule looks at',
    ja: 'プロビジョンドIOPSがルールの対象範囲を超えています',
  },
  managedByBackup: { en: 'a backup plan deletes it on its date', ja: 'バックアップの計画により期限が管理されています' },
  rightsizingChangesFamily: {
    en: 'the advice to make it smaller moves it to another family anyway',
    ja: 'サイズ変更の推奨により、同時に別のファミリーへ移行します',
  },
  platformNotOffered: {
    en: 'its operating system is not offered there, or licensed apart',
    ja: '移行先ではそのOSが提供されていないか、ライセンスが別になります',
  },
  migrationServer: {
    en: 'it replicates servers, which must not pause',
    ja: 'サーバーを複製するためのマシンで、停止できません',
  },
  windows: { en: 'it runs Windows', ja: 'Windowsで稼働しています' },
  notInPlan: { en: 'no workload of the plan has it', ja: '計画のどのワークロードにも含まれていません' },
  waveNotCutOver: {
    en: 'its wave has not been cut over yet, or too short a time ago',
    ja: 'ウェーブの切り替え前か、切り替えから間もないためです',
  },
  production: { en: 'it is production', ja: '本番環境です' },
  unusedGateway: { en: 'it carries nothing, which another rule judges', ja: '通信がなく、別のルールの判定対象です' },
  littleTraffic: { en: 'it carries very little, which another rule judges', ja: '通信がごくわずかで、別のルールの判定対象です' },
  readReplica: { en: 'it is a read replica', ja: 'リードレプリカです' },
  notServerless: { en: 'it is no serverless cache', ja: 'サーバーレスのキャッシュではありません' },
  neededAlways: { en: 'somebody said that it is needed at all hours', ja: '常時稼働が必要と登録されています' },
  reserved: { en: 'a reservation pays for it until it ends', ja: '予約（リザーブド）の契約が終わるまで、その料金で課金されます' },
  'policy.switchedOff': { en: 'your policy switches the rule off for it', ja: 'ポリシーによりこのルールは無効です' },
  'policy.familyNotAllowed': {
    en: 'the instance family that it would move to is not allowed by your policy',
    ja: '移行先のインスタンスファミリーはポリシーで許可されていません',
  },
  'policy.licence': {
    en: 'your policy says that its licence does not allow the change',
    ja: 'ポリシー上、ライセンスによりこの変更はできません',
  },
  'ownRule.elsewhere': { en: 'your rule says that it does not apply here', ja: '自社ルールの適用対象外です' },
  notPicked: { en: 'there is nothing here that the rule looks at', ja: 'このルールの判定対象に該当しません' },
};

/** The message id in words; one that has none is shown as it is. */
export function notApplicableInWords(because: string, locale: Locale): string {
  return Object.hasOwn(REASONS, because) ? (REASONS[because]?.[locale] ?? because) : because;
}
