import { defineProse } from '../../define-prose.ts';
import { commentText } from '../../snippet.ts';
import { lifecyclePut, lifecycleRead } from '../shared/lifecycle-snippets.ts';
import { lines, nameOf } from '../shared/snippets.ts';
import type { S3BucketTieringUnprofitableEvidence } from './s3-bucket-tiering-unprofitable.ts';

export const s3BucketTieringUnprofitableProse = defineProse<S3BucketTieringUnprofitableEvidence>({
  title: { en: 'Intelligent-Tiering saves more than it charges', ja: 'S3 Intelligent-Tieringの適用見直し' },
  sentence: {
    en: 'This bucket holds {storedGigabytes} GB in Intelligent-Tiering; watching its objects costs {monitoringCost} a month and more than the colder tiers save: {monthlyCost} instead of {targetMonthlyCost} in Standard.',
    ja: 'このバケットはIntelligent-Tieringに{storedGigabytes} GBを保管していますが、モニタリング料金が月額{monitoringCost}かかり、階層化による削減を上回っています（標準クラスの月額{targetMonthlyCost}に対し、月額{monthlyCost}）。',
  },
  background: {
    en: 'Intelligent-Tiering charges a fee for each object that it watches and moves what was not read for 30 days to cheaper tiers. With very many small objects, or objects that live for less than 30 days, the fee is never earned back.',
    ja: 'Intelligent-Tieringは、監視するオブジェクトの数に応じた料金がかかり、30日間読まれていないものを安価な階層に移します。小さなオブジェクトが大量にある場合や、30日以内に消える場合は、その料金を回収できません。',
  },
  riskOfActing: {
    en: 'If the bucket is new, objects may still age into the cheaper tiers and pay back. Moving back costs a request for each object.',
    ja: '作成して間もないバケットでは、今後安価な階層に移って採算が合う可能性があります。標準クラスに戻す際には、オブジェクト数に応じたリクエスト料金がかかります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for watching objects that never move.',
    ja: '階層が変わらないオブジェクトの監視に、毎月{monthlySavings}を払い続けることになります。',
  },
  desiredState: {
    en: 'Intelligent-Tiering holds large objects whose use nobody can foresee; small or short-lived ones are in Standard.',
    ja: '利用の予測が難しい大きなオブジェクトだけがIntelligent-Tieringに置かれ、小さなものや短命なものは標準クラスに置かれている状態です。',
  },
  steps: {
    en: [
      'Look at the number, size and age of the objects in S3 Storage Lens.',
      'Let new objects be written to Standard: take the storage class out of the upload, or the transition out of the lifecycle rule.',
      'Where objects live long, pack small ones into larger files first; that saves requests too.',
      'Let the objects that are there expire, or copy them to Standard if they stay for years.',
    ],
    ja: [
      'S3 Storage Lensでオブジェクトの数、サイズ、経過日数を確認します。',
      'アップロード時のクラス指定、またはライフサイクルルールの移行設定を外し、新しいオブジェクトを標準クラスに書き込みます。',
      '長期間保管するものは、小さなファイルをまとめて大きくします（リクエスト料金も下がります）。',
      '既存のオブジェクトは期限まで置き、長期間残るものは標準クラスにコピーし直します。',
    ],
  },
  undo: {
    en: 'Put the storage class or the transition back; objects start in the frequent tier again.',
    ja: 'クラスの指定や移行設定を元に戻します（オブジェクトは高頻度アクセス階層から始まります）。',
  },
  terraform: ({ subject }) =>
    lines(
      `# ${commentText(nameOf(subject))}: in its aws_s3_bucket_lifecycle_configuration, take the transition to INTELLIGENT_TIERING out,`,
      '# or leave small objects alone: filter { object_size_greater_than = 131072 }',
    ),
  cloudFormation: null,
  cli: ({ subject }) => lines(lifecycleRead(subject), ...lifecyclePut(subject)),
  links: [{ url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/aws-usage-report-understand.html', readOn: '2026-11' }],
});
