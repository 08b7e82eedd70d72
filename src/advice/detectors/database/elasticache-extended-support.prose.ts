import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import { lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';
import type { ElasticacheExtendedSupportEvidence } from './elasticache-extended-support.ts';

export const elasticacheExtendedSupportProse = defineProse<ElasticacheExtendedSupportEvidence>({
  title: { en: 'Caches run on versions in standard support', ja: 'ElastiCache延長サポートの解消（バージョンアップ）' },
  sentence: {
    en: 'This {instanceType} runs a version of Redis OSS that is out of standard support; the surcharge ({supportYear}) is {monthlyCost} a month.',
    ja: 'この{instanceType}で稼働するRedis OSSのバージョンは標準サポートが終了しており、延長サポート料金（{supportYear}）が月額{monthlyCost}発生しています。',
  },
  background: {
    en: 'After the end of standard support ElastiCache goes on patching old versions for up to three years and bills an amount for each node and hour; in the third year it doubles. Reserved nodes do not lower it. It stops with the upgrade; Valkey counts as one, and its nodes cost less besides.',
    ja: '標準サポートの終了後も、ElastiCacheは最長3年間パッチを提供し、ノード時間単位の追加料金を請求します。3年目は単価が2倍になり、リザーブドノードでも下がりません。バージョンアップすると止まります。Valkeyへの移行でも解消し、ノード料金も下がります。',
  },
  riskOfActing: {
    en: 'Old clients may use commands that changed (cluster, ACL, TLS), and a cache with one node is away during the upgrade. A version cannot be lowered in place.',
    ja: '古いクライアントが、仕様の変わったコマンド（クラスター、ACL、TLSなど）を使っている可能性があります。ノードが1台の場合、アップグレード中は利用できません。そのままでは旧バージョンに戻せません。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for nothing but time, twice as much in the third year; after that AWS upgrades the cache itself, on its own date.',
    ja: '猶予のためだけに毎月{monthlySavings}を払い続け、3年目には単価が2倍になります。期間終了後は、AWSの定める日程で自動的にバージョンアップされます。',
  },
  desiredState: {
    en: 'All caches run on a version in standard support, best on Valkey, and the next end of support is in the yearly plan.',
    ja: 'すべてのキャッシュが標準サポート中のバージョン（できればValkey）で稼働し、次のサポート終了日が年間計画に入っている状態です。',
  },
  steps: {
    en: [
      'Find the replication group that this node belongs to; all its nodes are upgraded together.',
      'Restore a backup into a test cache of the new version and run the application tests against it.',
      'Take a backup of the replication group.',
      'Upgrade in a quiet hour, straight to Valkey where the tests allow it.',
    ],
    ja: [
      'このノードが属するレプリケーショングループを確認します（グループ内の全ノードが同時に更新されます）。',
      'バックアップを新バージョンの検証用キャッシュに復元し、アプリケーションの試験を行います。',
      'レプリケーショングループのバックアップを取得します。',
      '利用の少ない時間帯にアップグレードします。試験で問題がなければ、直接Valkeyに移行します。',
    ],
  },
  undo: {
    en: 'Restore the backup into a new replication group of the old version and point the clients there; the surcharge is back with it.',
    ja: 'バックアップから旧バージョンのレプリケーショングループを新たに復元し、接続先を切り替えます（延長サポート料金も再び発生します）。',
  },
  terraform: ({ subject }) =>
    lines(
      `# The replication group of ${commentText(nameOf(subject))}: only the lines that change. Give the version that you have tested.`,
      `resource "aws_elasticache_replication_group" "${terraformName(nameOf(subject))}" {`,
      '  engine         = "valkey"',
      '  engine_version = var.tested_engine_version',
      '}',
    ),
  cloudFormation: ({ subject }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # the replication group of ${commentText(nameOf(subject))}: only the lines that change`,
      '    Type: AWS::ElastiCache::ReplicationGroup',
      '    Properties:',
      '      Engine: valkey',
      '      EngineVersion: !Ref TestedEngineVersion',
    ),
  cli: ({ subject }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      `group=$(aws elasticache describe-cache-clusters --cache-cluster-id ${id} --query 'CacheClusters[0].ReplicationGroupId' --output text${region})`,
      `aws elasticache create-snapshot --replication-group-id "$group" --snapshot-name ${shellQuote(`${nameOf(subject)}-before-upgrade`)}${region}`,
      '# After the tests, in a quiet hour, with the version that you have tested:',
      `# aws elasticache modify-replication-group --replication-group-id "$group" --engine valkey --engine-version "$tested_version" --apply-immediately${region}`,
    );
  },
  links: [
    { url: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/extended-support-charges.html', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VersionManagement.HowTo.html', readOn: '2026-11' },
  ],
});
