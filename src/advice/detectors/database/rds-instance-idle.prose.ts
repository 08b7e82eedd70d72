import { defineProse } from '../../define-prose.ts';
import { commentText, hclString, shellQuote, terraformName } from '../../snippet.ts';
import { lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';
import type { RdsInstanceIdleEvidence } from './rds-instance-idle.ts';

export const rdsInstanceIdleProse = defineProse<RdsInstanceIdleEvidence>({
  title: { en: 'Databases have connections or are gone', ja: '未使用RDSインスタンスの削除' },
  sentence: {
    en: 'Nothing connected to this {instanceClass} ({deploymentOption}) in {lookbackDays} days; with its storage it costs {monthlyCost} a month.',
    ja: 'この{instanceClass}（{deploymentOption}）には直近{lookbackDays}日間、接続がありません。ストレージを含めて月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'A database instance is paid by the hour whether or not anyone connects. Stopping it helps for a week only: AWS starts it again after seven days, and storage is paid all along. What lasts is a final snapshot and deletion.',
    ja: 'データベースインスタンスは接続の有無にかかわらず時間単位で課金されます。停止の効果は一時的で、7日後に自動で起動し、ストレージ料金は停止中もかかります。継続的に削減するには、最終スナップショットを取得して削除します。',
  },
  riskOfActing: {
    en: 'A report that runs once a month or quarter would find no database. After deletion, automated backups go too (unless kept), and a restored instance takes time and may get another endpoint.',
    ja: '月次や四半期に一度の処理がある場合、実行時にデータベースがなくなります。削除すると自動バックアップも（保持を指定しない限り）失われ、復元には時間がかかり、エンドポイントが変わることもあります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month go on, and a database that nobody watches still holds data that has to be protected.',
    ja: '毎月{monthlySavings}の支払いが続きます。管理されていないデータベースに、保護すべきデータが残り続けます。',
  },
  desiredState: {
    en: 'Each database that runs is used; data that is only kept lies in a snapshot with an end date.',
    ja: '稼働しているデータベースはすべて利用され、保管だけが目的のデータは期限付きのスナップショットになっている状態です。',
  },
  steps: {
    en: [
      'Ask the owner for jobs that run less than every {lookbackDays} days, and how long the data must be kept.',
      'Stop the instance, with a snapshot. It starts again by itself after seven days.',
      'If nobody missed it in that week: delete it with a final snapshot, and keep the automated backups.',
      'Restore the final snapshot once if the data matters.',
      'Delete the snapshot on its date.',
    ],
    ja: [
      '{lookbackDays}日より長い間隔の処理の有無と、データの保管期限を担当者に確認します。',
      'スナップショットを取得して停止します（7日後に自動で起動します）。',
      '1週間問題がなければ、最終スナップショットを取得し、自動バックアップを保持して削除します。',
      '重要なデータの場合は、最終スナップショットから一度復元できることを確認します。',
      '保管期限が来たらスナップショットを削除します。',
    ],
  },
  undo: {
    en: 'While stopped: start it. After deletion: restore the final snapshot under the same identifier.',
    ja: '停止中であれば起動します。削除後は、最終スナップショットから同じ識別子で復元します。',
  },
  terraform: ({ subject }) => {
    const id = nameOf(subject);
    return lines(
      `# ${commentText(id)}: apply these lines first; then delete the block. Without them the data would go without a snapshot.`,
      `resource "aws_db_instance" "${terraformName(id)}" {`,
      '  skip_final_snapshot       = false',
      `  final_snapshot_identifier = ${hclString(`${id}-final`)}`,
      '  delete_automated_backups  = false',
      '}',
    );
  },
  cloudFormation: ({ subject }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: first these lines, then delete the resource in the next update`,
      '    Type: AWS::RDS::DBInstance',
      '    DeletionPolicy: Snapshot',
      '    Properties:',
      '      DeleteAutomatedBackups: false',
    ),
  cli: ({ subject }) => {
    const name = nameOf(subject);
    const region = regionFlag(subject);
    return lines(
      `aws rds stop-db-instance --db-instance-identifier ${shellQuote(name)} --db-snapshot-identifier ${shellQuote(`${name}-before-stop`)}${region}`,
      '# If nobody missed it within the week:',
      `# aws rds delete-db-instance --db-instance-identifier ${shellQuote(name)} --final-db-snapshot-identifier ${shellQuote(`${name}-final`)} --no-delete-automated-backups${region}`,
    );
  },
  links: [
    { url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-idle-recommendations.html', readOn: '2026-11' },
  ],
});
