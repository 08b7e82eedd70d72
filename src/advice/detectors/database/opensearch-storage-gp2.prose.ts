import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import { lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';
import type { OpensearchStorageGp2Evidence } from './opensearch-storage-gp2.ts';

export const opensearchStorageGp2Prose = defineProse<OpensearchStorageGp2Evidence>({
  title: { en: 'Search domains store on gp3', ja: 'OpenSearchストレージのgp3への移行' },
  sentence: {
    en: 'The {sizeGib} GiB of gp2 storage of this domain cost {monthlyCost} a month; gp3 costs {savingsPercent} % less.',
    ja: 'このドメインのgp2ストレージ（{sizeGib} GiB）は月額{monthlyCost}です。gp3に変更すると、料金が{savingsPercent}%下がります。',
  },
  background: {
    en: 'gp2 ties speed to the size of each node and lives on burst credits below 1 TiB. gp3 gives 3,000 operations and 125 MiB/s to every node, more of both is included on larger ones, and a GiB costs less.',
    ja: 'gp2は性能がノードごとの容量に比例し、1 TiB未満ではバーストクレジットに依存します。gp3はすべてのノードに3,000 IOPSと125 MiB/sが含まれ、容量の大きいノードではさらに増え、GiB単価も安くなります。',
  },
  riskOfActing: {
    en: 'The change is a blue/green deployment: for its duration the domain has up to twice the nodes and more load. Nodes that burst above 125 MiB/s need throughput to be set on gp3.',
    ja: '変更はブルー/グリーンデプロイで行われ、その間はノードが最大で2倍になり、負荷も増えます。125 MiB/sを超えて使っていたノードでは、gp3でスループットの設定が必要です。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month more than needed for the same storage.',
    ja: '同じストレージに毎月{monthlySavings}を余分に払い続けることになります。',
  },
  desiredState: {
    en: 'All domains with EBS storage use gp3, and so do the templates.',
    ja: 'EBSを使うすべてのドメインとテンプレートがgp3になっている状態です。',
  },
  steps: {
    en: [
      'Look at the highest throughput and operations of a node in CloudWatch.',
      'Check that the domain is green and has a quarter of its storage free.',
      'Try the change with a dry run, then change the volume type to gp3 in a quiet hour.',
      'Watch latency over the next peak.',
    ],
    ja: [
      'CloudWatchで、ノードごとの最大スループットとIOPSを確認します。',
      'ドメインのステータスが緑で、ストレージの4分の1程度が空いていることを確認します。',
      'ドライランで確認した後、利用の少ない時間帯にボリュームタイプをgp3に変更します。',
      '次のピークでレイテンシーを確認します。',
    ],
  },
  undo: {
    en: 'Change the volume type back to gp2; this is a blue/green deployment too.',
    ja: 'ボリュームタイプをgp2に戻します（この変更もブルー/グリーンデプロイで行われます）。',
  },
  terraform: ({ subject }) =>
    lines(
      `# ${commentText(nameOf(subject))}: only the line that changes.`,
      `resource "aws_opensearch_domain" "${terraformName(nameOf(subject))}" {`,
      '  ebs_options {',
      '    volume_type = "gp3"',
      '  }',
      '}',
    ),
  cloudFormation: ({ subject }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: only the line that changes`,
      '    Type: AWS::OpenSearchService::Domain',
      '    Properties:',
      '      EBSOptions:',
      '        VolumeType: gp3',
    ),
  cli: ({ subject }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      `aws opensearch describe-domain --domain-name ${id} --query 'DomainStatus.EBSOptions'${region}`,
      '# Only tries: says whether the change works and how. Leave --dry-run out to act.',
      `aws opensearch update-domain-config --domain-name ${id} --ebs-options EBSEnabled=true,VolumeType=gp3 --dry-run${region}`,
    );
  },
  links: [
    {
      url: 'https://aws.amazon.com/blogs/big-data/lower-your-amazon-opensearch-service-storage-cost-with-gp3-amazon-ebs-volumes/',
      readOn: '2026-11',
    },
  ],
});
