import { defineProse } from '../../define-prose.ts';
import { resizeCli, resizeCloudFormation, resizeTerraform } from '../shared/resize-snippets.ts';
import type { Ec2InstancePreviousGenerationEvidence } from './ec2-instance-previous-generation.ts';

export const ec2InstancePreviousGenerationProse = defineProse<Ec2InstancePreviousGenerationEvidence>({
  title: { en: 'EC2 instances are of a current generation', ja: 'EC2インスタンスの現行世代への移行' },
  sentence: {
    en: 'This {instanceType} is of a previous generation and costs {monthlyCost} a month; the same size today, {targetType}, costs {savingsPercent} % less and is faster.',
    ja: 'この{instanceType}は旧世代のタイプで、月額{monthlyCost}です。同じサイズの現行タイプ{targetType}なら、料金が{savingsPercent}%下がり、性能も向上します。',
  },
  background: {
    en: 'AWS seldom lowers the price of an old type; the new one is simply cheaper or faster. The target has the same size and an x86 processor, so programs run unchanged. What changes is the hypervisor: network (ENA) and disks (NVMe) need drivers that current Linux images have.',
    ja: 'AWSは旧世代のタイプを値下げすることが少なく、新しい世代のほうが安価または高速です。移行先は同じサイズのx86プロセッサーのため、プログラムはそのまま動きます。変わるのはハイパーバイザーで、ネットワーク（ENA）とディスク（NVMe）のドライバーが必要ですが、最近のLinuxイメージには含まれています。',
  },
  riskOfActing: {
    en: 'The instance restarts. An old image without ENA or NVMe drivers does not start on the new type; disk names change, so that mounts by device name fail. {instanceType} and {targetType} differ in local disks and, for T types, in how CPU credits are billed.',
    ja: '変更時に再起動が必要です。ENAやNVMeのドライバーがない古いイメージは新しいタイプで起動しません。ディスク名が変わるため、デバイス名でのマウントは失敗します。{instanceType}と{targetType}ではローカルディスクの有無や、TタイプのCPUクレジットの課金方法が異なる場合があります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month more than needed for less performance, and spare capacity of old types becomes scarce: a stopped instance may not start again.',
    ja: '性能が低いまま毎月{monthlySavings}を余分に払うことになります。旧世代は在庫が少なくなるため、停止後に起動できなくなるおそれもあります。',
  },
  desiredState: {
    en: 'All instances run on current types, and each new generation is looked at once a year.',
    ja: 'すべてのインスタンスが現行世代で稼働し、新しい世代を年に一度は検討している状態です。',
  },
  steps: {
    en: [
      'Ask the owner whether a vendor supports this software on the new type.',
      'Check the drivers: "modinfo ena nvme" answers, and /etc/fstab mounts by UUID or label.',
      'Make an image (AMI) and start it once as {targetType} in a test network.',
      'Stop the instance, change the type, start it in the agreed window.',
      'For T types: choose CPU credits "standard" if bursts must not cost extra.',
    ],
    ja: [
      '新しいタイプでのソフトウェアのサポート可否をベンダーに確認します。',
      'ドライバーを確認します（"modinfo ena nvme"が応答し、/etc/fstabがUUIDまたはラベルでマウントしていること）。',
      'AMIを取得し、テスト用ネットワークで{targetType}として一度起動してみます。',
      '合意した時間帯に停止し、タイプを変更して起動します。',
      'Tタイプの場合、バーストの追加料金を避けるにはCPUクレジットを"standard"に設定します。',
    ],
  },
  undo: {
    en: 'Stop, set the type back to {instanceType}, start. Keep the image until the next peak has passed.',
    ja: '停止してタイプを{instanceType}に戻し、起動します。次のピークを過ぎるまでAMIを残しておきます。',
  },
  terraform: ({ subject, evidence }) => resizeTerraform(subject, evidence.targetType),
  cloudFormation: ({ subject, evidence }) => resizeCloudFormation(subject, evidence.targetType),
  cli: ({ subject, evidence }) => resizeCli(subject, evidence.targetType),
  links: [
    { url: 'https://aws.amazon.com/ec2/previous-generation/', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resize-limitations.html', readOn: '2026-11' },
  ],
});
