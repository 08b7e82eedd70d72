import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote } from '../../snippet.ts';
import { lines, nameOf, regionFlag } from '../shared/snippets.ts';
import type { SqlServerEvidence } from '../shared/sql-server.ts';

export const sqlServerLicenceNonproductionProse = defineProse<SqlServerEvidence>({
  title: { en: 'SQL Server outside production needs no paid licence', ja: '開発・検証環境のSQL Serverライセンス解消' },
  sentence: {
    en: 'This {instanceType} is not production and pays for SQL Server {edition} by the hour: {monthlyCost} a month, {savingsPercent} % less with {targetEdition} Edition.',
    ja: 'この{instanceType}は本番環境ではありませんが、SQL Server {edition}のライセンス込みで月額{monthlyCost}が発生しています。{targetEdition} Editionなら{savingsPercent}%下がります。',
  },
  background: {
    en: 'SQL Server Developer has all features of Enterprise and costs nothing; Microsoft allows it wherever the work is not production. Machines that were started from an image of AWS with SQL Server pay for the licence with each hour, whatever is installed on them.',
    ja: 'SQL Server DeveloperはEnterpriseの全機能を備え、本番以外の用途であれば無償で利用できます（Microsoftのライセンス条件によります）。AWSのSQL Server込みイメージから起動したマシンは、実際の利用内容にかかわらずライセンス料が時間課金されます。',
  },
  riskOfActing: {
    en: 'The licence hangs on the image: the machine has to be built anew from a plain Windows or Linux image, with Developer Edition installed. If people or systems of production use it, Developer Edition is not allowed.',
    ja: 'ライセンス料はイメージに紐づくため、SQL Serverを含まないイメージから作り直し、Developer Editionを導入する必要があります。本番の利用者やシステムが使っている場合、Developer Editionは使えません。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for a licence that this work does not need.',
    ja: 'この用途には不要なライセンスに毎月{monthlySavings}を払い続けることになります。',
  },
  desiredState: {
    en: 'Development and test run Developer Edition on plain images; paid editions are for production.',
    ja: '開発・検証環境ではDeveloper Editionを使い、有償エディションは本番環境だけになっている状態です。',
  },
  steps: {
    en: [
      'Have the owner confirm in writing that nobody uses it for production; ask your licence manager.',
      'Build a machine from an image without SQL Server, install Developer Edition of the same version, and restore the databases.',
      'Run the tests, then point the applications to the new machine.',
      'Stop the old machine, keep it for an agreed time, then terminate it.',
    ],
    ja: [
      '本番用途で使われていないことを担当者に書面で確認し、ライセンス管理者にも相談します。',
      'SQL Serverを含まないイメージでマシンを作成し、同じバージョンのDeveloper Editionを導入してデータベースを復元します。',
      '試験を行い、アプリケーションの接続先を切り替えます。',
      '旧マシンを停止し、合意した期間残してから終了します。',
    ],
  },
  undo: {
    en: 'Start the old machine and point the applications back to it.',
    ja: '旧マシンを起動し、接続先を戻します。',
  },
  terraform: null,
  cloudFormation: null,
  cli: ({ subject }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      `# ${commentText(nameOf(subject))}: which licence does AWS bill? PlatformDetails names SQL Server.`,
      `aws ec2 describe-instances --instance-ids ${id} --query 'Reservations[].Instances[].[PlatformDetails,UsageOperation,ImageId]'${region}`,
      '# An image first; it keeps the licence and is for going back only:',
      `aws ec2 create-image --instance-id ${id} --name ${shellQuote(`${nameOf(subject)}-before-licence-change`)} --no-reboot${region} --dry-run`,
    );
  },
  links: [{ url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/sqlserver-dev-edition.html', readOn: '2026-11' }],
});
