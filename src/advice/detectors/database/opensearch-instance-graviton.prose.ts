import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import type { CheaperHoursEvidence } from '../shared/cheaper-hours.ts';
import { lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';

export const opensearchInstanceGravitonProse = defineProse<CheaperHoursEvidence>({
  title: { en: 'Search domains run on Graviton', ja: 'OpenSearchインスタンスのGravitonへの移行' },
  sentence: {
    en: 'This domain runs on {instanceType} for {monthlyCost} a month; {targetType} has the same size and costs {savingsPercent} % less.',
    ja: 'このドメインは{instanceType}で稼働し、月額{monthlyCost}です。同じサイズの{targetType}なら、料金が{savingsPercent}%下がります。',
  },
  background: {
    en: 'Graviton is the processor that AWS builds itself and sells for less; vCPUs and memory are the same. AWS runs the engine, so that clients do not notice. OpenSearch Service changes the type by a blue/green deployment: new nodes are filled beside the old ones, and the endpoint stays.',
    ja: 'GravitonはAWSが自社で設計したプロセッサーで、料金が安く設定されています。vCPUとメモリーは同じで、エンジンはAWSが運用するためクライアントへの影響はありません。変更はブルー/グリーンデプロイで行われ、新しいノードを並行して用意するため、エンドポイントは変わりません。',
  },
  riskOfActing: {
    en: 'During the change the domain has up to twice the nodes and more load; a domain that is nearly full or red may get stuck. {targetType} needs Elasticsearch 7.9 or OpenSearch, and all nodes of a domain move together.',
    ja: '変更中はノードが最大で2倍になり、負荷も増えます。空き容量の少ないドメインや、ステータスが赤のドメインでは変更が完了しないことがあります。{targetType}には、Elasticsearch 7.9以上またはOpenSearchが必要で、ドメイン内の全ノードを同時に移行します。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month more than needed for the same nodes.',
    ja: '同じ規模のノードに毎月{monthlySavings}を余分に払い続けることになります。',
  },
  desiredState: {
    en: 'All domains run on Graviton, dedicated masters too, and so do the defaults of templates.',
    ja: '専用マスターを含むすべてのドメインがGravitonで稼働し、テンプレートの既定値もGravitonになっている状態です。',
  },
  steps: {
    en: [
      'Check that the domain is green, has a quarter of its storage free, and that its version runs on {targetType}.',
      'Take a manual snapshot.',
      'Try the change with a dry run: it says whether a blue/green deployment is needed.',
      'Change the type in a quiet hour and watch the cluster status until the change is complete.',
    ],
    ja: [
      'ドメインのステータスが緑で、ストレージの4分の1程度が空いており、バージョンが{targetType}に対応していることを確認します。',
      '手動スナップショットを取得します。',
      'ドライランで、ブルー/グリーンデプロイの要否を確認します。',
      '利用の少ない時間帯にタイプを変更し、完了までステータスを確認します。',
    ],
  },
  undo: {
    en: 'Change the type back to {instanceType}.',
    ja: 'タイプを{instanceType}に戻します。',
  },
  terraform: ({ subject }) =>
    lines(
      `# ${commentText(nameOf(subject))}: only the lines that change; dedicated_master_type likewise where it is x86.`,
      `resource "aws_opensearch_domain" "${terraformName(nameOf(subject))}" {`,
      '  cluster_config {',
      '    instance_type = var.current_instance_type',
      '  }',
      '}',
    ),
  cloudFormation: ({ subject }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: only the lines that change; DedicatedMasterType likewise where it is x86`,
      '    Type: AWS::OpenSearchService::Domain',
      '    Properties:',
      '      ClusterConfig:',
      '        InstanceType: !Ref CurrentInstanceType',
    ),
  cli: ({ subject, evidence }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    const [target = ''] = evidence.targetType.split(', ');
    return lines(
      '# Data nodes and masters, version, free storage:',
      `aws opensearch describe-domain --domain-name ${id}${region}`,
      '# Only tries: says whether the change works and how. Leave --dry-run out to act.',
      `aws opensearch update-domain-config --domain-name ${id} --cluster-config InstanceType=${shellQuote(target)} --dry-run${region}`,
    );
  },
  links: [{ url: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/bp-instances.html', readOn: '2026-11' }],
});
