import { defineProse } from '../../define-prose.ts';
import { commentText, hclString, shellQuote, terraformName, yamlString } from '../../snippet.ts';
import type { CheaperHoursEvidence } from '../shared/cheaper-hours.ts';
import { lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';

export const elasticacheNodePreviousGenerationProse = defineProse<CheaperHoursEvidence>({
  title: { en: 'Cache nodes are of a current generation', ja: 'ElastiCacheノードの現行世代への移行' },
  sentence: {
    en: 'This cache runs on {instanceType}, of an earlier generation, for {monthlyCost} a month; {targetType} costs {savingsPercent} % less and is faster.',
    ja: 'このキャッシュは旧世代の{instanceType}で稼働し、月額{monthlyCost}です。現行の{targetType}なら、料金が{savingsPercent}%下がり、性能も向上します。',
  },
  background: {
    en: 'AWS seldom lowers the price of an old node type; the new one is cheaper or faster. The target has nearly the same memory and a Graviton processor, which the application does not notice, since AWS runs the engine.',
    ja: 'AWSは旧世代のノードを値下げすることが少なく、新しい世代のほうが安価または高速です。移行先はメモリー容量がほぼ同じで、Gravitonプロセッサーを使いますが、エンジンはAWSが運用するためアプリケーションへの影響はありません。',
  },
  riskOfActing: {
    en: '{targetType} may have a few percent less memory than {instanceType}: a cache that is full evicts more. It needs Redis OSS 5.0.6 or Memcached 1.5.16 at least. A replicated cache fails over for some seconds; Memcached nodes are replaced and start empty.',
    ja: '{targetType}は{instanceType}よりメモリーが数%少ない場合があり、使用率の高いキャッシュではデータの追い出しが増えます。Redis OSS 5.0.6以上またはMemcached 1.5.16以上が必要です。レプリケーション構成では数秒の切替が発生し、Memcachedではノードが置き換わるため空の状態から始まります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month more than needed for less performance, and old node types become scarce.',
    ja: '性能が低いまま毎月{monthlySavings}を余分に払うことになります。旧世代のノードは確保しにくくなっていきます。',
  },
  desiredState: {
    en: 'All caches run on current node types, and each new generation is looked at once a year.',
    ja: 'すべてのキャッシュが現行世代のノードで稼働し、新しい世代を年に一度は検討している状態です。',
  },
  steps: {
    en: [
      'Look at the highest memory use in CloudWatch (DatabaseMemoryUsagePercentage) and at the engine version.',
      'Upgrade the engine first if {targetType} needs a newer one.',
      'Take a backup where the engine has backups.',
      'Change the node type in a quiet hour; a Memcached cache is better built anew beside the old one and warmed up.',
      'Change the type in templates.',
    ],
    ja: [
      'CloudWatchで最大メモリー使用率（DatabaseMemoryUsagePercentage）とエンジンのバージョンを確認します。',
      '{targetType}が新しいバージョンを必要とする場合は、先にエンジンを更新します。',
      'バックアップに対応するエンジンでは、バックアップを取得します。',
      '利用の少ない時間帯にノードタイプを変更します（Memcachedは、新しいキャッシュを並行して作成し、データを温めてから切り替えるのが安全です）。',
      'テンプレートのノードタイプも変更します。',
    ],
  },
  undo: {
    en: 'Change the node type back to {instanceType} as long as AWS offers it.',
    ja: 'AWSが提供している間は、ノードタイプを{instanceType}に戻せます。',
  },
  terraform: ({ subject, evidence }) =>
    lines(
      `# ${commentText(nameOf(subject))}: only the line that changes. Of a replicated cache it belongs into aws_elasticache_replication_group.`,
      `resource "aws_elasticache_cluster" "${terraformName(nameOf(subject))}" {`,
      `  node_type = ${hclString(evidence.targetType)}`,
      '}',
    ),
  cloudFormation: ({ subject, evidence }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: only the line that changes`,
      '    Type: AWS::ElastiCache::CacheCluster',
      '    Properties:',
      `      CacheNodeType: ${yamlString(evidence.targetType)}`,
    ),
  cli: ({ subject, evidence }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      '# Which engine and version, and does it belong to a replication group?',
      `aws elasticache describe-cache-clusters --cache-cluster-id ${id}${region}`,
      '# What AWS would let it become:',
      `aws elasticache list-allowed-node-type-modifications --cache-cluster-id ${id}${region}`,
      '# In a quiet hour; of a replication group with modify-replication-group:',
      `# aws elasticache modify-cache-cluster --cache-cluster-id ${id} --cache-node-type ${shellQuote(evidence.targetType)} --apply-immediately${region}`,
    );
  },
  links: [{ url: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html', readOn: '2026-11' }],
});
