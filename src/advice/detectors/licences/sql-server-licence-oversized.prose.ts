import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote } from '../../snippet.ts';
import { lines, nameOf, regionFlag } from '../shared/snippets.ts';
import type { SqlServerEvidence } from '../shared/sql-server.ts';

export const sqlServerLicenceOversizedProse = defineProse<SqlServerEvidence>({
  title: { en: 'The edition of SQL Server is the one that is used', ja: 'SQL Serverエディションの見直し' },
  sentence: {
    en: 'This {instanceType} pays for SQL Server {edition}, and Compute Optimizer saw no feature of it in use; it costs {monthlyCost} a month, {savingsPercent} % less with {targetEdition}.',
    ja: 'この{instanceType}はSQL Server {edition}のライセンス込みで月額{monthlyCost}ですが、Compute Optimizerによると固有の機能は使われていません。{targetEdition}なら{savingsPercent}%下がります。',
  },
  background: {
    en: 'Enterprise costs about three times as much as Standard for each vCPU. It is needed for some features (more than 48 vCPUs or 128 GB of buffer pool, readable secondaries, asynchronous replicas and others). Servers were often licensed once for a whole farm in the data centre; here each machine pays its own.',
    ja: 'Enterpriseのライセンス料はvCPUあたりStandardの約3倍です。必要になるのは一部の機能（48 vCPU超、128 GB超のバッファープール、読み取り可能なセカンダリ、非同期レプリカなど）だけです。オンプレミスではまとめて契約していたライセンスも、AWSではマシンごとに課金されます。',
  },
  riskOfActing: {
    en: 'A feature that is used once a year is not seen in two weeks. Standard has limits of memory and cores, and the change is an installation with a restore: plan for downtime.',
    ja: '年に一度しか使わない機能は、2週間の観測では検出されません。Standardにはメモリとコア数の上限があります。変更には再インストールと復元が必要なため、停止時間を計画してください。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for features that nobody uses.',
    ja: '使われていない機能に毎月{monthlySavings}を払い続けることになります。',
  },
  desiredState: {
    en: 'Each SQL Server has the edition whose features it uses, and the choice is looked at once a year.',
    ja: '各SQL Serverが実際に使う機能に見合ったエディションで稼働し、年に一度見直されている状態です。',
  },
  steps: {
    en: [
      'Ask each database for features of Enterprise: SELECT * FROM sys.dm_db_persisted_sku_features.',
      'Compare memory and cores with the limits of Standard, and ask the application vendor.',
      'Build a machine with Standard beside it, restore the databases and run the tests and a load test.',
      'Hand over in the agreed window; stop the old machine and keep it for one business cycle.',
    ],
    ja: [
      '各データベースでEnterprise固有の機能を確認します（SELECT * FROM sys.dm_db_persisted_sku_features）。',
      'メモリとコア数をStandardの上限と比較し、アプリケーションのベンダーに確認します。',
      'Standardのマシンを並行して作成し、データベースを復元して機能試験と負荷試験を行います。',
      '合意した時間帯に切り替え、旧マシンは停止して業務の1サイクル残します。',
    ],
  },
  undo: {
    en: 'Start the old machine and point the applications back; what was written since has to be carried back.',
    ja: '旧マシンを起動して接続先を戻します（切替後に更新されたデータは手作業で戻す必要があります）。',
  },
  terraform: null,
  cloudFormation: null,
  cli: ({ subject }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      `# ${commentText(nameOf(subject))}: which licence does AWS bill? UsageOperation RunInstances:0102 is Enterprise on Windows.`,
      `aws ec2 describe-instances --instance-ids ${id} --query 'Reservations[].Instances[].[PlatformDetails,UsageOperation,ImageId]'${region}`,
      '# An image first; it keeps the licence and is for going back only:',
      `aws ec2 create-image --instance-id ${id} --name ${shellQuote(`${nameOf(subject)}-before-licence-change`)} --no-reboot${region} --dry-run`,
    );
  },
  links: [
    {
      url: 'https://docs.aws.amazon.com/compute-optimizer/latest/APIReference/API_LicenseRecommendation.html',
      readOn: '2026-11',
    },
  ],
});
