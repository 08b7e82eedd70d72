import { defineProse } from '../../define-prose.ts';
import { shellQuote } from '../../snippet.ts';
import { lines, nameOf, regionFlag } from '../shared/snippets.ts';
import type { GlacierVaultDeepArchiveEvidence } from './glacier-vault-deep-archive.ts';

export const glacierVaultDeepArchiveProse = defineProse<GlacierVaultDeepArchiveEvidence>({
  title: { en: 'Archives lie in the cheapest class that is fast enough', ja: 'GlacierボールトのDeep Archiveへの移行' },
  sentence: {
    en: 'This vault holds {storedGigabytes} GB for {monthlyCost} a month; S3 Glacier Deep Archive stores the same for {savingsPercent} % less.',
    ja: 'このボールトは{storedGigabytes} GBを保管し、月額{monthlyCost}です。S3 Glacier Deep Archiveに移すと、保管料金が{savingsPercent}%下がります。',
  },
  background: {
    en: 'Vaults are the Glacier of 2012, a service apart from S3 that takes no new customers any more. Its data stays where it is; the classes of S3 came later, and Deep Archive costs about half. Archives cannot be moved by a rule: each is retrieved and stored again.',
    ja: 'ボールトは2012年からのS3とは別のサービスで、新規の利用受付は終了しています（既存のデータはそのまま利用できます）。後から登場したDeep Archiveの料金はその半分程度です。ルールによる移行はできず、アーカイブを取り出して保存し直す必要があります。',
  },
  riskOfActing: {
    en: 'Retrieval and requests cost once, most of all with many small archives; it may take a year to earn them back. Deep Archive gives data back within 12 to 48 hours and charges for 180 days at least. A vault lock may forbid deletion.',
    ja: '取り出しとリクエストの料金が一度かかり、小さなアーカイブが多い場合は回収に1年程度かかることがあります。Deep Archiveの取り出しには12〜48時間かかり、最低180日分が課金されます。ボールトロックにより削除できない場合もあります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month more, for as long as the archives must be kept.',
    ja: 'アーカイブの保管期間中、毎月{monthlySavings}を余分に払い続けることになります。',
  },
  desiredState: {
    en: 'Long-term archives are S3 objects in Deep Archive, with a date on which they are deleted.',
    ja: '長期保管のデータがS3のDeep Archiveに置かれ、削除期限が設定されている状態です。',
  },
  steps: {
    en: [
      'Ask the owner how long the archives must be kept and how fast they must be back; what may go need not be moved.',
      'Get the inventory of the vault and work out what retrieval (bulk is the cheapest) and requests cost once.',
      'Copy the archives to a bucket in Deep Archive, for example with the guidance that AWS publishes for it, and check their hashes.',
      'Keep both for some weeks, then delete the archives and the vault.',
    ],
    ja: [
      '保管期限と必要な取り出し時間を担当者に確認します（不要なものは移行せずに削除できます）。',
      'ボールトのインベントリを取得し、取り出し（バルクが最も安価です）とリクエストの一時費用を見積もります。',
      'AWSが公開している移行ガイダンスなどを使い、Deep Archiveのバケットにコピーしてハッシュを照合します。',
      '数週間は両方を残し、その後アーカイブとボールトを削除します。',
    ],
  },
  undo: {
    en: 'Until the archives are deleted they are still in the vault; afterwards they can only be kept in S3.',
    ja: '削除するまではボールトに残っています。削除後はS3での保管のみとなります。',
  },
  terraform: null,
  cloudFormation: null,
  cli: ({ subject }) => {
    const vault = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      '# How many archives are there, and is the vault locked? Both only read.',
      `aws glacier describe-vault --account-id - --vault-name ${vault}${region}`,
      `aws glacier get-vault-lock --account-id - --vault-name ${vault}${region}`,
    );
  },
  links: [
    { url: 'https://docs.aws.amazon.com/amazonglacier/latest/dev/service_code_examples_basics.html', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/aws-usage-report-understand.html', readOn: '2026-11' },
  ],
});
