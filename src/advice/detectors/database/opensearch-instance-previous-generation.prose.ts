import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import type { CheaperHoursEvidence } from '../shared/cheaper-hours.ts';
import { lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';

export const opensearchInstancePreviousGenerationProse = defineProse<CheaperHoursEvidence>({
  title: { en: 'Search domains run on current instances', ja: 'OpenSearchインスタンスの現行世代への移行' },
  sentence: {
    en: 'This domain runs on {instanceType}, of an earlier generation, for {monthlyCost} a month; {targetType} costs {savingsPercent} % less and is faster.',
    ja: 'このドメインは旧世代の{instanceType}で稼働し、月額{monthlyCost}です。現行の{targetType}なら、料金が{savingsPercent}%下がり、性能も向上します。',
  },
  background: {
    en: 'AWS seldom lowers the price of an old type; the new one is cheaper or faster. The target has the same vCPUs and memory. OpenSearch Service changes the type by a blue/green deployment: new nodes are filled beside the old ones, and the endpoint stays.',
    ja: 'AWSは旧世代のタイプを値下げすることが少なく、新しい世代のほうが安価または高速です。移行先のvCPUとメモリーは同じです。変更はブルー/グリーンデプロイで行われ、新しいノードを並行して用意するため、エンドポイントは変わりません。',
  },
  riskOfActing: {
    en: 'During the change the domain has up to twice the nodes and more load; a domain that is nearly full or red may get stuck. Very old Elasticsearch versions do not run on {targetType}.',
    ja: '変更中はノードが最大で2倍になり、負荷も増えます。空き容量の少ないドメインや、ステータスが赤のドメインでは変更が完了しないことがあります。古いElasticsearchのバージョンは{targetType}に対応していません。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month more than needed for less performance, and old types become scarce.',
    ja: '性能が低いまま毎月{monthlySavings}を余分に払うことになります。旧世代は在庫が少なくなっていきます。',
  },
  desiredState: {
    en: 'All domains run on current types, dedicated masters too, and each new generation is looked at once a year.',
    ja: '専用マスターを含むすべてのドメインが現行世代で稼働し、新しい世代を年に一度は検討している状態です。',
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
    en: 'Change the type back to {instanceType} as long as AWS offers it.',
    ja: 'AWSが提供している間は、タイプを{instanceType}に戻せます。',
  },
  terraform: ({ subject }) =>
    lines(
      `# ${commentText(nameOf(subject))}: only the lines that change; dedicated_master_type likewise where it is old.`,
      `resource "aws_opensearch_domain" "${terraformName(nameOf(subject))}" {`,
      '  cluster_config {',
      '    instance_type = var.current_instance_type',
      '  }',
      '}',
    ),
  cloudFormation: ({ subject }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: only the lines that change; DedicatedMasterType likewise where it is old`,
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
