import { defineProse } from '../../define-prose.ts';
import { shellQuote } from '../../snippet.ts';
import { lifecycleCloudFormation, lifecyclePut, lifecycleRead, lifecycleTerraform } from '../shared/lifecycle-snippets.ts';
import { lines, nameOf, regionFlag } from '../shared/snippets.ts';
import type { S3BucketStagingLeftEvidence } from './s3-bucket-staging-left.ts';

export const s3BucketStagingLeftProse = defineProse<S3BucketStagingLeftEvidence>({
  title: { en: 'Unfinished uploads are cleared away', ja: '未完了アップロードの削除' },
  sentence: {
    en: 'On each of {settledDays} days this bucket held {stagedGigabytes} GB of uploads to a Glacier class that were never completed; they are billed like Standard, {monthlyCost} a month.',
    ja: 'このバケットには、Glacierクラスへの完了していないアップロードが{settledDays}日間にわたって{stagedGigabytes} GB残っており、標準クラスの料金で月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'Large files are uploaded in parts. Parts of an upload that broke off stay and are paid, though no list of objects shows them, until somebody aborts the upload or a lifecycle rule does.',
    ja: '大きなファイルは分割してアップロードされます。途中で失敗すると、それまでの部分が残って課金されます。オブジェクトの一覧には表示されず、中止するかライフサイクルルールを設定するまで消えません。',
  },
  riskOfActing: {
    en: 'An upload that is really still going on, or a backup tool that goes on after days, has to start again.',
    ja: '実際に進行中のアップロードや、日をまたいで再開するバックアップツールがある場合、最初からやり直しになります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for fragments that nobody can read, and more with every upload that breaks off.',
    ja: '読むことのできない断片に毎月{monthlySavings}を払い続け、アップロードの失敗のたびに増えていきます。',
  },
  desiredState: {
    en: 'Each bucket has a lifecycle rule that aborts uploads after seven days.',
    ja: 'すべてのバケットに、7日経過した未完了アップロードを中止するライフサイクルルールが設定されている状態です。',
  },
  steps: {
    en: [
      'List the unfinished uploads with their dates, and find out which tool left them.',
      'Add a lifecycle rule that aborts multipart uploads seven days after they began.',
      'Look whether that backup or copy ran through at all: its data may be missing.',
    ],
    ja: [
      '未完了のアップロードと開始日を一覧し、どのツールが残したものかを確認します。',
      '開始から7日経過したマルチパートアップロードを中止するライフサイクルルールを追加します。',
      '該当するバックアップやコピーが正常に完了しているか（データが欠けていないか）を確認します。',
    ],
  },
  undo: {
    en: 'The rule can be taken away; aborted uploads have to be done again.',
    ja: 'ルールは外せますが、中止したアップロードはやり直す必要があります。',
  },
  terraform: ({ subject }) =>
    lifecycleTerraform(subject, 'abort-unfinished-uploads', [
      'abort_incomplete_multipart_upload {',
      '  days_after_initiation = 7',
      '}',
    ]),
  cloudFormation: ({ subject }) =>
    lifecycleCloudFormation(subject, 'abort-unfinished-uploads', ['AbortIncompleteMultipartUpload:', '  DaysAfterInitiation: 7']),
  cli: ({ subject }) =>
    lines(
      `aws s3api list-multipart-uploads --bucket ${shellQuote(nameOf(subject))} --query 'Uploads[].[Initiated,Key]' --output text${regionFlag(subject)}`,
      lifecycleRead(subject),
      ...lifecyclePut(subject),
    ),
  links: [{ url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/aws-usage-report-understand.html', readOn: '2026-11' }],
});
