import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import type { CheaperHoursEvidence } from '../shared/cheaper-hours.ts';
import { lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';

export const elasticacheRedisToValkeyProse = defineProse<CheaperHoursEvidence>({
  title: { en: 'Redis OSS caches run on Valkey', ja: 'ElastiCacheのRedis OSSからValkeyへの移行' },
  sentence: {
    en: 'This node, {instanceType}, costs {monthlyCost} a month; the same node with Valkey costs {savingsPercent} % less.',
    ja: 'このノード（{instanceType}）は月額{monthlyCost}です。同じノードのままエンジンをValkeyにすると、料金が{savingsPercent}%下がります。',
  },
  background: {
    en: 'Valkey is the open continuation of Redis OSS 7.2 and speaks the same protocol. AWS sells the same node cheaper with it. The upgrade runs in place: data, endpoint and clients stay, and a single node of a replicated cache is switched at a time.',
    ja: 'ValkeyはRedis OSS 7.2から派生したオープンソースのエンジンで、プロトコルに互換性があります。AWSは同じノードをValkeyでは安く提供しています。アップグレードはその場で行われ、データ、エンドポイント、クライアントはそのまま使えます。',
  },
  riskOfActing: {
    en: 'The primary fails over once, for some seconds; a cache with one node is away for the time of the upgrade. The way back leads from Valkey 7.2 to Redis OSS 7.1 only, so later versions wait until it has proved itself. Clients pinned to a Redis version string, and Lua scripts that ask for it, have to be tested.',
    ja: 'プライマリの切替が1回発生し、数秒間書き込めません。ノードが1台の場合は、アップグレード中は利用できなくなります。戻せるのはValkey 7.2からRedis OSS 7.1への変更のみのため、より新しいバージョンへの更新は安定を確認してから行います。バージョン番号を確認しているクライアントやLuaスクリプトは事前の検証が必要です。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month more than needed for the same memory; older Redis OSS versions also go into paid extended support.',
    ja: '同じメモリーに毎月{monthlySavings}を余分に払い続けることになります。古いRedis OSSは、延長サポート料金の対象にもなります。',
  },
  desiredState: {
    en: 'Caches that ran Redis OSS run Valkey, in templates as well.',
    ja: 'Redis OSSのキャッシュがValkeyで稼働し、テンプレートの設定もValkeyになっている状態です。',
  },
  steps: {
    en: [
      'Find the replication group that this node belongs to; all its nodes move together. A node that belongs to none is first made one.',
      'Run the application tests against a Valkey cache that is restored from a backup.',
      'Take a backup of the replication group.',
      'Change the engine to Valkey in a quiet hour and watch errors and latency.',
      'Change the engine in templates and in the parameter group family.',
    ],
    ja: [
      'このノードが属するレプリケーショングループを確認します（グループ内の全ノードが同時に移行します。属していない場合は先に作成します）。',
      'バックアップから復元したValkeyのキャッシュで、アプリケーションの試験を行います。',
      'レプリケーショングループのバックアップを取得します。',
      '利用の少ない時間帯にエンジンをValkeyに変更し、エラーとレイテンシーを確認します。',
      'テンプレートとパラメータグループの設定もValkeyに変更します。',
    ],
  },
  undo: {
    en: 'From Valkey 7.2, change the engine back to Redis OSS 7.1; from a later version, restore the backup into a new Redis OSS replication group and point the clients there.',
    ja: 'Valkey 7.2であれば、エンジンをRedis OSS 7.1に戻します。それより新しい場合は、バックアップから新しいRedis OSSのレプリケーショングループを復元し、クライアントの接続先を切り替えます。',
  },
  terraform: ({ subject }) =>
    lines(
      `# The replication group of ${commentText(nameOf(subject))}: only the lines that change. Give the version that you have tested.`,
      `resource "aws_elasticache_replication_group" "${terraformName(nameOf(subject))}" {`,
      '  engine               = "valkey"',
      '  engine_version       = var.tested_engine_version',
      '  parameter_group_name = var.valkey_parameter_group',
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
      `aws elasticache create-snapshot --replication-group-id "$group" --snapshot-name ${shellQuote(`${nameOf(subject)}-before-valkey`)}${region}`,
      '# After the tests, in a quiet hour, with the version that you have tested:',
      `# aws elasticache modify-replication-group --replication-group-id "$group" --engine valkey --engine-version "$tested_version" --apply-immediately${region}`,
    );
  },
  links: [
    { url: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VersionManagement.HowTo.html', readOn: '2026-11' },
    { url: 'https://aws.amazon.com/elasticache/pricing/', readOn: '2026-11' },
  ],
});
