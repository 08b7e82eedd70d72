import { defineProse } from '../../define-prose.ts';
import { commentText, hclString, shellQuote, terraformName } from '../../snippet.ts';
import type { AwsIdleEvidence } from '../shared/aws-idle.ts';
import { lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';

export const memorydbClusterIdleProse = defineProse<AwsIdleEvidence>({
  title: { en: 'MemoryDB clusters are used or are gone', ja: '未使用MemoryDBクラスターの削除' },
  sentence: {
    en: 'Nobody read from or wrote to this MemoryDB cluster in {lookbackDays} days; it costs {monthlyCost} a month.',
    ja: 'このMemoryDBクラスターには直近{lookbackDays}日間、読み書きがありません。月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'MemoryDB is a database in memory: each node is paid by the hour, used or not, and it cannot be stopped. Its data can be kept in a snapshot, which costs little beside the nodes.',
    ja: 'MemoryDBはインメモリーのデータベースで、各ノードは利用の有無にかかわらず時間単位で課金され、停止もできません。データはスナップショットとして、ノードに比べて低い料金で保管できます。',
  },
  riskOfActing: {
    en: 'It is a database, not a cache: its data may exist nowhere else. A job that runs once a quarter would find nothing; a restored cluster takes time and has another endpoint.',
    ja: 'キャッシュではなくデータベースのため、データがほかに存在しない可能性があります。四半期に一度などの処理が失敗する可能性があり、復元には時間がかかり、エンドポイントも変わります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month go on for a database that nothing asks.',
    ja: 'アクセスのないデータベースに毎月{monthlySavings}を払い続けることになります。',
  },
  desiredState: {
    en: 'Each cluster that runs is used; data that is only kept lies in a snapshot with an end date.',
    ja: '稼働しているクラスターはすべて利用され、保管だけが目的のデータは期限付きのスナップショットになっている状態です。',
  },
  steps: {
    en: [
      'Ask the owner for jobs that run less than every {lookbackDays} days, and how long the data must be kept.',
      'Take a snapshot and restore it once if the data matters.',
      'Take the security group rules away and wait one business cycle: this can be undone in seconds.',
      'Delete the cluster with a final snapshot.',
    ],
    ja: [
      '{lookbackDays}日より長い間隔の処理の有無と、データの保管期限を担当者に確認します。',
      'スナップショットを取得し、重要なデータの場合は一度復元できることを確認します。',
      'セキュリティグループの許可ルールを外し、業務の1サイクルを待ちます（すぐに戻せます）。',
      '最終スナップショットを取得してクラスターを削除します。',
    ],
  },
  undo: {
    en: 'Put the security group rules back; after deletion restore the final snapshot under the same name.',
    ja: 'セキュリティグループのルールを元に戻します。削除後は、最終スナップショットから同じ名前で復元します。',
  },
  terraform: ({ subject }) =>
    lines(
      `# ${commentText(nameOf(subject))}: apply this line first; then delete the block. Without it the data would go without a snapshot.`,
      `resource "aws_memorydb_cluster" "${terraformName(nameOf(subject))}" {`,
      `  final_snapshot_name = ${hclString(`${nameOf(subject)}-final`)}`,
      '}',
    ),
  cloudFormation: ({ subject }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: first this line, then delete the resource in the next update`,
      '    Type: AWS::MemoryDB::Cluster',
      '    Properties:',
      '      FinalSnapshotName: !Ref FinalSnapshotName',
    ),
  cli: ({ subject }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      `aws memorydb create-snapshot --cluster-name ${id} --snapshot-name ${shellQuote(`${nameOf(subject)}-before-deletion`)}${region}`,
      '# If nobody missed it:',
      `# aws memorydb delete-cluster --cluster-name ${id} --final-snapshot-name ${shellQuote(`${nameOf(subject)}-final`)}${region}`,
    );
  },
  links: [{ url: 'https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-idle-recommendations.html', readOn: '2026-11' }],
});
