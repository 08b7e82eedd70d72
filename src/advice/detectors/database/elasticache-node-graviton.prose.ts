import { defineProse } from '../../define-prose.ts';
import { commentText, hclString, shellQuote, terraformName, yamlString } from '../../snippet.ts';
import type { CheaperHoursEvidence } from '../shared/cheaper-hours.ts';
import { lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';

export const elasticacheNodeGravitonProse = defineProse<CheaperHoursEvidence>({
  title: { en: 'Cache nodes run on Graviton', ja: 'ElastiCacheノードのGravitonへの移行' },
  sentence: {
    en: 'This cache runs on {instanceType} for {monthlyCost} a month; {targetType} has the same memory and costs {savingsPercent} % less.',
    ja: 'このキャッシュは{instanceType}で稼働し、月額{monthlyCost}です。メモリー容量が同じ{targetType}なら、料金が{savingsPercent}%下がります。',
  },
  background: {
    en: 'Graviton is the processor that AWS builds itself and sells for less. Nodes with it have the same memory at the same size; the application does not notice, since AWS runs the engine and the protocol stays.',
    ja: 'GravitonはAWSが自社で設計したプロセッサーで、料金が安く設定されています。同じサイズならメモリー容量は同じです。エンジンはAWSが運用し、プロトコルも変わらないため、アプリケーションへの影響はありません。',
  },
  riskOfActing: {
    en: '{targetType} needs Redis OSS 5.0.6 or Memcached 1.5.16 at least. A replicated cache fails over for some seconds; Memcached nodes are replaced and start empty.',
    ja: '{targetType}には、Redis OSS 5.0.6以上またはMemcached 1.5.16以上が必要です。レプリケーション構成では数秒の切替が発生し、Memcachedではノードが置き換わるため空の状態から始まります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month more than needed for the same memory.',
    ja: '同じメモリーに毎月{monthlySavings}を余分に払い続けることになります。',
  },
  desiredState: {
    en: 'All caches run on Graviton, and so do the defaults of templates.',
    ja: 'すべてのキャッシュがGravitonのノードで稼働し、テンプレートの既定値もGravitonになっている状態です。',
  },
  steps: {
    en: [
      'Look at the engine version, and whether reserved nodes of the old family are still paid.',
      'Upgrade the engine first if {targetType} needs a newer one.',
      'Take a backup where the engine has backups.',
      'Change the node type in a quiet hour; a Memcached cache is better built anew beside the old one and warmed up.',
      'Change the type in templates.',
    ],
    ja: [
      'エンジンのバージョンと、旧ファミリーのリザーブドノードが残っていないことを確認します。',
      '{targetType}が新しいバージョンを必要とする場合は、先にエンジンを更新します。',
      'バックアップに対応するエンジンでは、バックアップを取得します。',
      '利用の少ない時間帯にノードタイプを変更します（Memcachedは、新しいキャッシュを並行して作成し、データを温めてから切り替えるのが安全です）。',
      'テンプレートのノードタイプも変更します。',
    ],
  },
  undo: {
    en: 'Change the node type back to {instanceType}.',
    ja: 'ノードタイプを{instanceType}に戻します。',
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
