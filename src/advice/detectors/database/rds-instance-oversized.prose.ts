import { defineProse } from '../../define-prose.ts';
import { commentText, hclString, shellQuote, terraformName, yamlString } from '../../snippet.ts';
import { lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';
import type { RdsInstanceOversizedEvidence } from './rds-instance-oversized.ts';

export const rdsInstanceOversizedProse = defineProse<RdsInstanceOversizedEvidence>({
  title: { en: 'Databases have the size their load needs', ja: 'RDSインスタンスクラスの適正化' },
  sentence: {
    en: 'This {databaseEngine} on {instanceClass} ({deploymentOption}) costs {monthlyCost} a month; a {targetClass} would reach {projectedCpuMaximumPercent} % CPU at the highest and costs {savingsPercent} % less.',
    ja: 'この{databaseEngine}（{instanceClass}、{deploymentOption}）は月額{monthlyCost}です。{targetClass}に変更しても最大CPU使用率は{projectedCpuMaximumPercent}%にとどまる見込みで、料金は{savingsPercent}%下がります。',
  },
  background: {
    en: 'Databases are often migrated with the size of the old server. Compute Optimizer measured {lookbackDays} days; engine and Multi-AZ stay as they are. Memory serves a database as a cache: with half of it, more reads go to the disk, which a CPU figure does not show.',
    ja: '移行時に、旧サーバーのサイズをそのまま引き継いでいることがよくあります。Compute Optimizerが{lookbackDays}日間を計測しました。エンジンとマルチAZ構成は変わりません。データベースはメモリをキャッシュとして使うため、メモリが減るとディスク読み込みが増えますが、これはCPU使用率には現れません。',
  },
  riskOfActing: {
    en: 'The change interrupts the database: about a minute with Multi-AZ, several without. With less memory the cache is smaller and the most connections allowed are fewer. Peaks that did not occur in {lookbackDays} days are not covered.',
    ja: '変更時にデータベースが中断します（マルチAZで1分程度、シングルAZでは数分）。メモリが減るとキャッシュと最大接続数も小さくなります。{lookbackDays}日間に現れなかったピークは考慮されていません。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month are paid for capacity that is not used, and a reserved instance bought now would fix it for a year.',
    ja: '使われない性能に毎月{monthlySavings}を払い続けることになります。この状態でリザーブドインスタンスを購入すると、1年間固定されてしまいます。',
  },
  desiredState: {
    en: 'Each database has the smallest class that carries its measured peak with headroom.',
    ja: '計測したピークを余裕を持って処理できる最小のインスタンスクラスを使っている状態です。',
  },
  steps: {
    en: [
      'Look at FreeableMemory, ReadIOPS and DatabaseConnections over the last peak; agree on a window.',
      'Check the connection limit and memory settings of the parameter group for {targetClass}.',
      'Take a snapshot.',
      'Change the class for the next maintenance window.',
      'Watch latency, reads and free memory over the next peak.',
    ],
    ja: [
      '直近のピークのFreeableMemory、ReadIOPS、DatabaseConnectionsを確認し、実施時間帯を合意します。',
      '{targetClass}での最大接続数と、パラメータグループのメモリ設定を確認します。',
      'スナップショットを取得します。',
      '次のメンテナンスウィンドウでクラスを変更します。',
      '次のピークまで、応答時間、ディスク読み込み、空きメモリを監視します。',
    ],
  },
  undo: {
    en: 'Change the class back to {instanceClass}; the same short interruption.',
    ja: 'クラスを{instanceClass}に戻します（同程度の短い中断があります）。',
  },
  terraform: ({ subject, evidence }) =>
    lines(
      `# ${commentText(nameOf(subject))}: only the lines that change; done in the next maintenance window.`,
      `resource "aws_db_instance" "${terraformName(nameOf(subject))}" {`,
      `  instance_class    = ${hclString(evidence.targetClass)}`,
      '  apply_immediately = false',
      '}',
    ),
  cloudFormation: ({ subject, evidence }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: only the line that changes; CloudFormation does it at once`,
      '    Type: AWS::RDS::DBInstance',
      '    Properties:',
      `      DBInstanceClass: ${yamlString(evidence.targetClass)}`,
    ),
  cli: ({ subject, evidence }) => {
    const name = nameOf(subject);
    const region = regionFlag(subject);
    return lines(
      `aws rds create-db-snapshot --db-instance-identifier ${shellQuote(name)} --db-snapshot-identifier ${shellQuote(`${name}-before-resize`)}${region}`,
      '# Without --apply-immediately: in the next maintenance window.',
      `aws rds modify-db-instance --db-instance-identifier ${shellQuote(name)} --db-instance-class ${shellQuote(evidence.targetClass)}${region}`,
    );
  },
  links: [
    { url: 'https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-rds-recommendations.html', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.DBInstance.Modifying.html', readOn: '2026-11' },
  ],
});
