import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import { lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';
import type { EksClusterExtendedSupportEvidence } from './eks-cluster-extended-support.ts';

export const eksClusterExtendedSupportProse = defineProse<EksClusterExtendedSupportEvidence>({
  title: { en: 'Kubernetes clusters run on versions in standard support', ja: 'EKS延長サポートの解消（バージョンアップ）' },
  sentence: {
    en: 'The Kubernetes version of this cluster is out of standard support: AWS adds {monthlyCost} a month to the {standardMonthlyCost} that the cluster costs anyway.',
    ja: 'このクラスターのKubernetesバージョンは標準サポートが終了しており、通常の月額{standardMonthlyCost}に加えて、延長サポート料金が月額{monthlyCost}発生しています。',
  },
  background: {
    en: 'EKS supports a minor version for 14 months, then for 12 more at a surcharge for each hour of the cluster, however small the cluster is. Whoever creates a cluster by API or code gets extended support unless the upgrade policy says otherwise. After these 26 months AWS upgrades the cluster itself.',
    ja: 'EKSは各マイナーバージョンを14か月間標準サポートし、その後12か月間は、クラスターの規模にかかわらず時間単位の追加料金で延長サポートを提供します。APIやコードで作成したクラスターは、アップグレードポリシーを変えない限り延長サポートの対象です。合計26か月を過ぎると自動的にバージョンアップされます。',
  },
  riskOfActing: {
    en: 'A new minor version removes old APIs: manifests, operators and add-ons that use them stop working. The control plane cannot be set back, and it goes up one minor version at a time; the nodes have to follow.',
    ja: '新しいマイナーバージョンでは古いAPIが廃止されるため、それを使うマニフェスト、オペレーター、アドオンは動かなくなります。コントロールプレーンは元のバージョンに戻せず、1つずつしか上げられません。ノードの更新も必要です。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for time, and in the end AWS upgrades the cluster on its own date.',
    ja: '猶予のためだけに毎月{monthlySavings}を払い続け、最終的にはAWSの定める日程で自動的にバージョンアップされます。',
  },
  desiredState: {
    en: 'All clusters run on a version in standard support, and an upgrade is planned at least once a year.',
    ja: 'すべてのクラスターが標準サポート中のバージョンで稼働し、少なくとも年1回のバージョンアップが計画に入っている状態です。',
  },
  steps: {
    en: [
      'Look at the upgrade insights of the cluster: they name APIs in use that the next version no longer has.',
      'Upgrade a cluster that is not production first, or build a second one beside it and move the workloads.',
      'Update add-ons (VPC CNI, CoreDNS, kube-proxy) and charts to versions that both Kubernetes versions support.',
      'Upgrade the control plane by one minor version, then the nodes; repeat until the version is in standard support.',
      'Set the upgrade policy to STANDARD where an automatic upgrade is preferred to a surcharge.',
    ],
    ja: [
      'クラスターのアップグレードインサイトで、次のバージョンで廃止されるAPIの利用有無を確認します。',
      '本番以外のクラスターで先に試すか、新しいクラスターを並行構築してワークロードを移行します。',
      'アドオン（VPC CNI、CoreDNS、kube-proxy）とHelmチャートを、新旧両方に対応する版に更新します。',
      'コントロールプレーンを1マイナーバージョンずつ上げ、続けてノードを更新します（標準サポートに入るまで繰り返します）。',
      '追加料金よりも自動バージョンアップを優先する場合は、アップグレードポリシーをSTANDARDにします。',
    ],
  },
  undo: {
    en: 'A control plane does not go back. Where that must be possible: build a second cluster, move the workloads, and keep the old one until they run.',
    ja: 'コントロールプレーンは元に戻せません。切り戻しが必要な場合は、新クラスターを並行構築し、動作を確認できるまで旧クラスターを残します。',
  },
  terraform: ({ subject }) =>
    lines(
      `# ${commentText(nameOf(subject))}: only the lines that change. Give the next version that you have tested.`,
      `resource "aws_eks_cluster" "${terraformName(nameOf(subject))}" {`,
      '  version = var.tested_kubernetes_version',
      '  upgrade_policy {',
      '    support_type = "STANDARD"',
      '  }',
      '}',
    ),
  cloudFormation: ({ subject }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: only the lines that change`,
      '    Type: AWS::EKS::Cluster',
      '    Properties:',
      '      Version: !Ref TestedKubernetesVersion',
      '      UpgradePolicy:',
      '        SupportType: STANDARD',
    ),
  cli: ({ subject }) => {
    const name = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      `aws eks describe-cluster --name ${name} --query 'cluster.[version,upgradePolicy.supportType]' --output text${region}`,
      '# What stands in the way of the next version:',
      `aws eks list-insights --cluster-name ${name}${region}`,
      '# After the tests, one minor version at a time; it cannot be undone:',
      `# aws eks update-cluster-version --name ${name} --kubernetes-version "$tested_version"${region}`,
    );
  },
  links: [
    { url: 'https://docs.aws.amazon.com/eks/latest/userguide/view-upgrade-policy.html', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/eks/latest/userguide/enable-extended-support.html', readOn: '2026-11' },
  ],
});
