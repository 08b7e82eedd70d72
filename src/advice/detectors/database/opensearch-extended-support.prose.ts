import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import { lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';
import type { OpensearchExtendedSupportEvidence } from './opensearch-extended-support.ts';

export const opensearchExtendedSupportProse = defineProse<OpensearchExtendedSupportEvidence>({
  title: { en: 'Search domains run on versions in standard support', ja: 'OpenSearch延長サポートの解消' },
  sentence: {
    en: 'This domain runs a version of Elasticsearch or OpenSearch that is out of standard support; the surcharge is {monthlyCost} a month.',
    ja: 'このドメインのElasticsearchまたはOpenSearchのバージョンは標準サポートが終了しており、延長サポート料金が月額{monthlyCost}発生しています。',
  },
  background: {
    en: 'After the end of standard support AWS goes on fixing security faults of old versions and bills an amount for each node, by its size and hour; masters and warm nodes count too. It applies by itself and ends with the upgrade.',
    ja: '標準サポートの終了後も、AWSは古いバージョンのセキュリティ修正を提供し、ノードのサイズと時間に応じた追加料金を請求します（専用マスターやウォームノードも対象）。自動的に適用され、バージョンアップすると止まります。',
  },
  riskOfActing: {
    en: 'Major versions drop mapping types, settings and client compatibility, and an upgrade cannot be undone in place. Old indexes may have to be reindexed step by step.',
    ja: 'メジャーバージョンによってマッピングタイプや設定が廃止され、クライアントの互換性も変わります。そのままでは元に戻せません。古いインデックスは段階的な再作成が必要な場合があります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for nothing but time; after the end of extended support no fixes come any more.',
    ja: '猶予のためだけに毎月{monthlySavings}を払い続けることになります。延長サポートの終了後は、修正も提供されません。',
  },
  desiredState: {
    en: 'All domains run on a version in standard support, and the next end of support is in the yearly plan.',
    ja: 'すべてのドメインが標準サポート中のバージョンで稼働し、次のサポート終了日が年間計画に入っている状態です。',
  },
  steps: {
    en: [
      'List the versions that this one can be upgraded to, and look up which clients, agents and dashboards use the domain.',
      'Restore a snapshot into a small test domain of the new version and run searches and ingestion against it.',
      'Take a manual snapshot, then run the upgrade check.',
      'Upgrade in a quiet hour; it is a blue/green deployment, and the endpoint stays.',
    ],
    ja: [
      'アップグレード可能なバージョンと、ドメインを利用するクライアント、エージェント、ダッシュボードを確認します。',
      'スナップショットを新バージョンの小さな検証用ドメインに復元し、検索と取り込みを試します。',
      '手動スナップショットを取得し、アップグレードの適格性チェックを実行します。',
      '利用の少ない時間帯にアップグレードします（ブルー/グリーンデプロイのため、エンドポイントは変わりません）。',
    ],
  },
  undo: {
    en: 'Restore the manual snapshot into a domain of the old version; the surcharge is back with it.',
    ja: '手動スナップショットを旧バージョンのドメインに復元します（延長サポート料金も再び発生します）。',
  },
  terraform: ({ subject }) =>
    lines(
      `# ${commentText(nameOf(subject))}: only the line that changes. Give the version that you have tested.`,
      `resource "aws_opensearch_domain" "${terraformName(nameOf(subject))}" {`,
      '  engine_version = var.tested_engine_version',
      '}',
    ),
  cloudFormation: ({ subject }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: only the lines that change`,
      '    Type: AWS::OpenSearchService::Domain',
      '    UpdatePolicy:',
      '      EnableVersionUpgrade: true',
      '    Properties:',
      '      EngineVersion: !Ref TestedEngineVersion',
    ),
  cli: ({ subject }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      '# What it can be upgraded to:',
      `aws opensearch get-compatible-versions --domain-name ${id}${region}`,
      '# With the version that you have tested; checks only:',
      `# aws opensearch upgrade-domain --domain-name ${id} --target-version "$tested_version" --perform-check-only${region}`,
    );
  },
  links: [{ url: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/what-is.html', readOn: '2026-11' }],
});
