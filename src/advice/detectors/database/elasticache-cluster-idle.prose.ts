import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import type { AwsIdleEvidence } from '../shared/aws-idle.ts';
import { FIND_BLOCK, lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';

export const elasticacheClusterIdleProse = defineProse<AwsIdleEvidence>({
  title: { en: 'Caches are used or are gone', ja: '未使用ElastiCacheクラスターの削除' },
  sentence: {
    en: 'Nobody read from or wrote to this cache in {lookbackDays} days; it costs {monthlyCost} a month.',
    ja: 'このキャッシュには直近{lookbackDays}日間、読み書きがありません。月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'A cache node is paid by the hour whether or not anything asks it. Caches stay behind when an application moves to another one, or when the campaign that they were made for is over.',
    ja: 'キャッシュノードは、アクセスの有無にかかわらず時間単位で課金されます。アプリケーションが別のキャッシュに移行した後や、対象のキャンペーンが終了した後に残りがちです。',
  },
  riskOfActing: {
    en: 'An application that is started once a quarter may look for it; the data in memory is gone after deletion, unless a last backup is kept. A replica belongs to a group: deleting one node of a used group takes its spare away.',
    ja: '四半期に一度などまれに起動するアプリケーションが参照している可能性があります。最終バックアップを残さない限り、削除するとメモリー上のデータは失われます。レプリカの場合、利用中のグループから予備のノードを失うことになります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month go on for a cache that nothing asks.',
    ja: 'アクセスのないキャッシュに毎月{monthlySavings}を払い続けることになります。',
  },
  desiredState: {
    en: 'Each cache that runs is used; what is needed now and then is serverless.',
    ja: '稼働しているキャッシュはすべて利用され、まれにしか使わないものはサーバーレスになっている状態です。',
  },
  steps: {
    en: [
      'Find the replication group of this node and ask its owner for jobs that run less than every {lookbackDays} days.',
      'Take the security group rules away and wait one business cycle: this can be undone in seconds.',
      'Delete it with a final backup.',
      'Delete the backup when nobody has asked for it for a while.',
    ],
    ja: [
      'このノードのレプリケーショングループを確認し、{lookbackDays}日より長い間隔の処理がないか担当者に確認します。',
      'セキュリティグループの許可ルールを外し、業務の1サイクルを待ちます（すぐに戻せます）。',
      '最終バックアップを取得して削除します。',
      '一定期間問い合わせがなければ、バックアップも削除します。',
    ],
  },
  undo: {
    en: 'Put the security group rules back; after deletion restore the final backup into a new cache of the same name.',
    ja: 'セキュリティグループのルールを元に戻します。削除後は、最終バックアップから同じ名前のキャッシュを復元します。',
  },
  terraform: ({ subject }) =>
    lines(
      `${FIND_BLOCK}${commentText(nameOf(subject))}`,
      '# First set final_snapshot_identifier and apply; then replace its block by this one (Terraform 1.7 or later).',
      'removed {',
      `  from = aws_elasticache_replication_group.${terraformName(nameOf(subject))}`,
      '  lifecycle {',
      '    destroy = true',
      '  }',
      '}',
    ),
  cloudFormation: ({ subject }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: first this line, then delete the resource in the next update`,
      '    Type: AWS::ElastiCache::ReplicationGroup',
      '    DeletionPolicy: Snapshot',
    ),
  cli: ({ subject }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      `aws elasticache describe-cache-clusters --cache-cluster-id ${id}${region}`,
      '# If it belongs to a replication group and nobody missed it:',
      `# aws elasticache delete-replication-group --replication-group-id "$group" --final-snapshot-identifier ${shellQuote(`${nameOf(subject)}-final`)}${region}`,
    );
  },
  links: [{ url: 'https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-idle-recommendations.html', readOn: '2026-11' }],
});
