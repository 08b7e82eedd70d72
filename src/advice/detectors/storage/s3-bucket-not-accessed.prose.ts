import { defineProse } from '../../define-prose.ts';
import { lifecycleCloudFormation, lifecyclePut, lifecycleRead, lifecycleTerraform } from '../shared/lifecycle-snippets.ts';
import { lines } from '../shared/snippets.ts';
import type { S3BucketNotAccessedEvidence } from './s3-bucket-not-accessed.ts';

export const s3BucketNotAccessedProse = defineProse<S3BucketNotAccessedEvidence>({
  title: { en: 'Data that nobody asks for is in a colder class', ja: 'アクセスのないS3データのクラス変更' },
  sentence: {
    en: 'This bucket holds {storedGigabytes} GB in Standard and had {requestsPerDay} requests a day over {settledDays} days; it costs {monthlyCost} a month, and Standard-IA costs {savingsPercent} % less.',
    ja: 'このバケットは標準クラスに{storedGigabytes} GBを保管していますが、{settledDays}日間のリクエストは1日平均{requestsPerDay}件です。月額{monthlyCost}のうち、標準-IAに移すと{savingsPercent}%下がります。',
  },
  background: {
    en: 'Fewer than {maximumRequestsPerDay} requests a day are what tools leave that look at the settings of buckets. Standard-IA answers as fast as Standard and charges for each GB that is read; Glacier Instant Retrieval does the same for less storage and dearer reading, and the other Glacier classes take minutes to hours.',
    ja: '1日{maximumRequestsPerDay}件未満のリクエストは、設定を確認するツールなどによる程度の量です。標準-IAは標準クラスと同じ速さで読み出せますが、読み出し量に応じた料金がかかります。Glacier Instant Retrievalは保管料金がさらに低く、読み出しは高くなります。その他のGlacierクラスは、読み出しに数分から数時間かかります。',
  },
  riskOfActing: {
    en: 'Objects below 128 KB are charged as 128 KB (lifecycle rules leave them alone by default), and objects that go within 30 days are charged for 30. Moving costs a request for each object, once. If somebody then reads all of it, retrieval costs more than was saved.',
    ja: '128 KB未満のオブジェクトは128 KBとして課金され（既定ではライフサイクルルールの対象外です）、30日以内に削除しても30日分が課金されます。移行時にはオブジェクト数に応じたリクエスト料金が一度かかります。移行後に大量の読み出しがあると、削減額を上回ることがあります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month to have data at hand that nobody has asked for.',
    ja: '誰も読んでいないデータのために、毎月{monthlySavings}を余分に払い続けることになります。',
  },
  desiredState: {
    en: 'Each bucket has a lifecycle: hot data in Standard, cold data in a colder class, and an end for what need not be kept.',
    ja: 'すべてのバケットにライフサイクルが設定され、アクセスの少ないデータは低コストのクラスに移り、不要なデータは期限で削除される状態です。',
  },
  steps: {
    en: [
      'Ask the owner what the data is for, how long it must be kept, and how fast it must be back; perhaps it can go.',
      'Look at the number and size of the objects in S3 Storage Lens: many small objects speak against it.',
      'Add a lifecycle rule that moves objects to Standard-IA 30 days after they were written.',
      'Look at the bill of the next two months for retrieval; if there is none, go on to a Glacier class.',
    ],
    ja: [
      'データの用途、保管期限、必要な取り出し時間を担当者に確認します（削除できる場合もあります）。',
      'S3 Storage Lensでオブジェクトの数とサイズを確認します（小さなオブジェクトが多い場合は適しません）。',
      '書き込みから30日後に標準-IAへ移すライフサイクルルールを追加します。',
      '以後2か月の請求で取り出し料金を確認し、発生していなければGlacierクラスへの移行を検討します。',
    ],
  },
  undo: {
    en: 'Take the rule away and copy the objects onto themselves in Standard; each GB costs its retrieval once.',
    ja: 'ルールを外し、オブジェクトを標準クラスでコピーし直します（読み出した分の取り出し料金が一度かかります）。',
  },
  terraform: ({ subject }) =>
    lifecycleTerraform(subject, 'colder-after-30-days', [
      'transition {',
      '  days          = 30',
      '  storage_class = "STANDARD_IA"',
      '}',
    ]),
  cloudFormation: ({ subject }) =>
    lifecycleCloudFormation(subject, 'colder-after-30-days', [
      'Transitions:',
      '  - StorageClass: STANDARD_IA',
      '    TransitionInDays: 30',
    ]),
  cli: ({ subject }) => lines(lifecycleRead(subject), ...lifecyclePut(subject)),
  links: [
    { url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/aws-usage-report-understand.html', readOn: '2026-11' },
  ],
});
