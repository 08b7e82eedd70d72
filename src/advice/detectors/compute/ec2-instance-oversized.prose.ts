import { defineProse } from '../../define-prose.ts';
import { resizeCli, resizeCloudFormation, resizeTerraform } from '../shared/resize-snippets.ts';
import type { Ec2InstanceOversizedEvidence } from './ec2-instance-oversized.ts';

export const ec2InstanceOversizedProse = defineProse<Ec2InstanceOversizedEvidence>({
  title: { en: 'EC2 instances have the size their work needs', ja: 'EC2インスタンスサイズの適正化' },
  sentence: {
    en: 'This {instanceType} costs {monthlyCost} a month; a {targetType} would reach {projectedCpuMaximumPercent} % CPU at the highest and costs {savingsPercent} % less.',
    ja: 'この{instanceType}は月額{monthlyCost}です。{targetType}に変更しても最大CPU使用率は{projectedCpuMaximumPercent}%にとどまる見込みで、料金は{savingsPercent}%下がります。',
  },
  background: {
    en: 'Servers are often migrated in the size that they had in the data centre, which was bought for years of growth. Compute Optimizer measured {lookbackDays} days; the smaller type is checked again here: same architecture, highest CPU (not the average) below the limit, and memory too where an agent measures it.',
    ja: '移行時は、数年先の増加を見込んで購入したオンプレミスのサイズをそのまま引き継ぐことがよくあります。Compute Optimizerの{lookbackDays}日間の計測に加え、同じアーキテクチャであること、平均ではなく最大のCPU使用率が上限を下回ること、計測がある場合はメモリも収まることを改めて確認しています。',
  },
  riskOfActing: {
    en: 'The instance restarts. Peaks that did not occur in {lookbackDays} days (month end, sales) meet half the machine; where memory is not measured it may be short. Network and disk limits shrink with the size, and some licences count cores.',
    ja: '変更時に再起動が必要です。{lookbackDays}日間に現れなかったピーク（月末、セールなど）では性能が不足するおそれがあり、メモリを計測していない場合はメモリ不足の可能性もあります。ネットワークやディスクの上限もサイズとともに下がり、コア数に応じたライセンスにも影響します。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month are paid for capacity that is not used, and a Savings Plan bought now would be sized on it.',
    ja: '使われない性能に毎月{monthlySavings}を払い続けることになります。この状態でSavings Plansを購入すると、過大な使用量を前提にしてしまいます。',
  },
  desiredState: {
    en: 'Each instance has the smallest type that carries its measured peak with headroom, and this is looked at again regularly.',
    ja: '計測したピークを余裕を持って処理できる最小のインスタンスタイプを使い、定期的に見直している状態です。',
  },
  steps: {
    en: [
      'Agree with the owner on the peak days, and on a window for a restart.',
      'If memory is not measured: install the CloudWatch agent and wait two weeks, or accept the risk knowingly.',
      'Make an image (AMI), and check that the smaller type is offered in the Availability Zone.',
      'Try it in a test environment where there is one.',
      'Stop the instance, change the type, start it.',
      'Watch CPU, memory and response times over the next peak.',
    ],
    ja: [
      'ピーク日と再起動可能な時間帯を担当者と合意します。',
      'メモリを計測していない場合は、CloudWatchエージェントを導入して2週間計測するか、リスクを承知のうえで進めるかを判断します。',
      'AMIを取得し、変更先のタイプが対象のアベイラビリティーゾーンで使えることを確認します。',
      '検証環境があれば、先に検証環境で試します。',
      'インスタンスを停止し、タイプを変更して起動します。',
      '次のピークまでCPU、メモリ、応答時間を監視します。',
    ],
  },
  undo: {
    en: 'Stop, set the type back to {instanceType}, start. Minutes, with the same disks.',
    ja: '停止してタイプを{instanceType}に戻し、起動します。同じディスクのまま数分で戻せます。',
  },
  terraform: ({ subject, evidence }) => resizeTerraform(subject, evidence.targetType),
  cloudFormation: ({ subject, evidence }) => resizeCloudFormation(subject, evidence.targetType),
  cli: ({ subject, evidence }) => resizeCli(subject, evidence.targetType),
  links: [
    { url: 'https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-ec2-recommendations.html', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-resize.html', readOn: '2026-11' },
  ],
});
