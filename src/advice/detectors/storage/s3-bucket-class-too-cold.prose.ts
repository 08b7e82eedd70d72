import { defineProse } from '../../define-prose.ts';
import { commentText } from '../../snippet.ts';
import { lifecyclePut, lifecycleRead } from '../shared/lifecycle-snippets.ts';
import { lines, nameOf } from '../shared/snippets.ts';
import type { S3BucketClassTooColdEvidence } from './s3-bucket-class-too-cold.ts';

export const s3BucketClassTooColdProse = defineProse<S3BucketClassTooColdEvidence>({
  title: { en: 'Data that is used is not in a cold class', ja: '利用の多いS3データのクラス見直し' },
  sentence: {
    en: 'This bucket holds {storedGigabytes} GB in {storageClass}; reading, early deletion and small objects cost {penaltyCost} a month beside it, {monthlyCost} together, where Standard would cost {targetMonthlyCost}.',
    ja: 'このバケットは{storageClass}に{storedGigabytes} GBを保管していますが、取り出し、早期削除、小サイズのオブジェクトの費用が月額{penaltyCost}かかり、合計は月額{monthlyCost}です。標準クラスであれば月額{targetMonthlyCost}です。',
  },
  background: {
    en: 'The infrequent access classes store for about half the price, and charge for each GB read, for 30 days at least and for 128 KB at least. Data that is read often, deleted soon or cut small costs more there than in Standard.',
    ja: '低頻度アクセス系のクラスは保管料金が標準の半分程度ですが、読み出し量に応じた料金、最低30日分、最低128 KB分の料金がかかります。よく読まれるデータ、すぐに消えるデータ、小さなデータでは、標準クラスより高くなります。',
  },
  riskOfActing: {
    en: 'What is moved back early is charged for its 30 days once more, and reading it for the copy is charged too. If the reading was an exception, the cold class was right.',
    ja: '保管期間が30日に満たないオブジェクトを戻すと残り日数分が課金され、コピーのための読み出しにも料金がかかります。読み出しが一時的なものであった場合は、現在のクラスのままが適切です。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month more than Standard would cost.',
    ja: '標準クラスと比べて、毎月{monthlySavings}を余分に払い続けることになります。',
  },
  desiredState: {
    en: 'Objects move to a colder class only once they are old and large enough, and what is deleted soon never does.',
    ja: '十分に古く大きいオブジェクトだけが低コストのクラスに移り、すぐに削除されるものは対象から外れている状態です。',
  },
  steps: {
    en: [
      'Find out what reads or deletes so much: the operations in the bill or in S3 Storage Lens tell.',
      'If it goes on, end the move: take the transition out of the lifecycle rule, or the storage class out of the upload.',
      'Set a size filter (128 KB) and a later day where only part of the data is hot.',
      'Let what is in the cold class age out there, and copy back only what is read all the time.',
    ],
    ja: [
      '読み出しや削除の多い処理を特定します（請求の操作別内訳やS3 Storage Lensで確認できます）。',
      '継続する場合は、ライフサイクルルールの移行設定、またはアップロード時のクラス指定を外します。',
      '一部のデータだけが該当する場合は、サイズの条件（128 KB）や移行までの日数を調整します。',
      '移行済みのデータは期限まで置き、常時読まれるものだけを標準クラスにコピーし直します。',
    ],
  },
  undo: {
    en: 'Put the transition back into the lifecycle rule.',
    ja: 'ライフサイクルルールの移行設定を元に戻します。',
  },
  terraform: ({ subject }) =>
    lines(
      `# ${commentText(nameOf(subject))}: in its aws_s3_bucket_lifecycle_configuration, take the transition to the infrequent access class out,`,
      '# or let it start later and leave small objects alone: filter { object_size_greater_than = 131072 }',
    ),
  cloudFormation: null,
  cli: ({ subject }) => lines(lifecycleRead(subject), ...lifecyclePut(subject)),
  links: [
    { url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/aws-usage-report-understand.html', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html', readOn: '2026-11' },
  ],
});
