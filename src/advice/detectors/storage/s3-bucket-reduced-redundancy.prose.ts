import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote } from '../../snippet.ts';
import { lines, nameOf, regionFlag } from '../shared/snippets.ts';
import type { S3BucketReducedRedundancyEvidence } from './s3-bucket-reduced-redundancy.ts';

export const s3BucketReducedRedundancyProse = defineProse<S3BucketReducedRedundancyEvidence>({
  title: { en: 'Nothing is stored with reduced redundancy', ja: 'S3低冗長化ストレージの解消' },
  sentence: {
    en: 'This bucket holds {storedGigabytes} GB with reduced redundancy for {monthlyCost} a month; Standard costs {savingsPercent} % less and keeps them safer.',
    ja: 'このバケットは低冗長化ストレージに{storedGigabytes} GBを保管しており、月額{monthlyCost}です。標準クラスの方が料金が{savingsPercent}%低く、耐久性も高くなります。',
  },
  background: {
    en: 'Reduced redundancy was once the cheap class for data that can be made again. Its price stayed while Standard became cheaper; it loses one object in ten thousand a year on average, Standard next to none.',
    ja: '低冗長化ストレージは、再作成できるデータ向けの安価なクラスでした。その後標準クラスが値下げされ、現在は割高です。また、年に1万個に1個程度のオブジェクトが失われる設計で、耐久性も標準クラスより大幅に低くなっています。',
  },
  riskOfActing: {
    en: 'Copying an object onto itself makes a new version and a new modification time, starts event notifications and replication, and costs a request for each object.',
    ja: 'オブジェクトをコピーし直すと、更新日時やバージョンが新しくなり、イベント通知やレプリケーションが動作します。オブジェクト数に応じたリクエスト料金もかかります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month more, for objects that may get lost.',
    ja: '失われる可能性のあるオブジェクトのために、毎月{monthlySavings}を余分に払い続けることになります。',
  },
  desiredState: {
    en: 'No application names the class when it writes, and no object is left in it.',
    ja: '書き込み時にこのクラスを指定するアプリケーションがなく、オブジェクトも残っていない状態です。',
  },
  steps: {
    en: [
      'Find out which application writes with the storage class REDUCED_REDUNDANCY and take that away.',
      'List the objects in that class by S3 Inventory, and check what event notifications the bucket sends.',
      'Copy them onto themselves in Standard, with S3 Batch Operations where there are many.',
    ],
    ja: [
      '低冗長化（REDUCED_REDUNDANCY）を指定して書き込むアプリケーションを特定し、指定を外します。',
      'S3インベントリで対象のオブジェクトを一覧し、バケットのイベント通知の設定を確認します。',
      '標準クラスでコピーし直します（数が多い場合はS3バッチオペレーションを使います）。',
    ],
  },
  undo: {
    en: 'There is nothing to undo: Standard gives more for less.',
    ja: '標準クラスはすべての面で上回るため、元に戻す必要はありません。',
  },
  terraform: null,
  cloudFormation: null,
  cli: ({ subject }) => {
    const bucket = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      '# Which objects are in that class?',
      `aws s3api list-objects-v2 --bucket ${bucket} --query "Contents[?StorageClass=='REDUCED_REDUNDANCY'].[Key,Size]" --output text --max-items 1000${region}`,
      `# For each of them in ${commentText(nameOf(subject))} (a versioned bucket keeps the old version too):`,
      `# aws s3api copy-object --bucket ${bucket} --key "$key" --copy-source ${bucket}/"$key" --storage-class STANDARD --metadata-directive COPY${region}`,
    );
  },
  links: [
    { url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/aws-usage-report-understand.html', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html', readOn: '2026-11' },
  ],
});
