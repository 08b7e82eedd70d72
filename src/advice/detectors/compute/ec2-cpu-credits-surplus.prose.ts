import { defineProse } from '../../define-prose.ts';
import { resizeCli, resizeCloudFormation, resizeTerraform } from '../shared/resize-snippets.ts';
import type { Ec2CpuCreditsSurplusEvidence } from './ec2-cpu-credits-surplus.ts';

export const ec2CpuCreditsSurplusProse = defineProse<Ec2CpuCreditsSurplusEvidence>({
  title: { en: 'Machines that work all the time have fixed performance', ja: 'CPUクレジット超過インスタンスのタイプ変更' },
  sentence: {
    en: 'This {instanceType} pays {creditsMonthlyCost} a month for CPU beyond its baseline, {monthlyCost} in all; {targetType} with the same vCPUs and memory costs {savingsPercent} % less.',
    ja: 'この{instanceType}は、ベースラインを超えたCPU利用に月額{creditsMonthlyCost}、合計で月額{monthlyCost}を払っています。同じvCPUとメモリの{targetType}なら{savingsPercent}%安くなります。',
  },
  background: {
    en: 'T types are cheap because they may use only a part of their CPU all the time. In the mode "unlimited", the default since T3, they go beyond it and pay for each vCPU hour. For short peaks that is fine; for steady work a type with fixed performance is cheaper.',
    ja: 'Tタイプは、常時使えるCPUをベースラインまでに抑えることで安価になっています。T3以降の既定である「unlimited」モードでは、超過分がvCPU時間単位で課金されます。短いピークには適していますが、常に高負荷の処理では固定性能のタイプのほうが安くなります。',
  },
  riskOfActing: {
    en: 'The instance restarts. If the load was an accident (a runaway process), the new type costs more than a healthy {instanceType} would.',
    ja: '変更時に再起動が必要です。高負荷の原因がプロセスの暴走などの異常だった場合、正常化した{instanceType}よりも割高になります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month more than needed, and the amount rises with the load.',
    ja: '毎月{monthlySavings}を余分に払うことになり、負荷が増えるほど金額も増えます。',
  },
  desiredState: {
    en: 'T types serve what is quiet most of the time; what works steadily runs on fixed performance.',
    ja: '普段は負荷の低い処理だけがTタイプで稼働し、常に負荷の高い処理は固定性能のタイプで稼働している状態です。',
  },
  steps: {
    en: [
      'Look at the CPU over the last weeks, whether it is steady work or one process that ran away.',
      'If slower is acceptable, set the credits to "standard" first: it costs nothing and can be undone at any time.',
      'Otherwise make an image (AMI) and change the type to {targetType} in the agreed window.',
      'Watch CPU and response times for a week; with fixed performance a smaller size may do.',
    ],
    ja: [
      '直近数週間のCPU使用率を見て、定常的な負荷か、プロセスの暴走かを確認します。',
      '処理が遅くなっても問題なければ、まずクレジットを"standard"に変更します（追加費用はなく、いつでも戻せます）。',
      'それ以外の場合はAMIを取得し、合意した時間帯に{targetType}へ変更します。',
      '1週間CPUと応答時間を確認します（固定性能では、より小さいサイズで足りる場合もあります）。',
    ],
  },
  undo: {
    en: 'Stop, set the type back to {instanceType}, start.',
    ja: '停止してタイプを{instanceType}に戻し、起動します。',
  },
  terraform: ({ subject, evidence }) => resizeTerraform(subject, evidence.targetType),
  cloudFormation: ({ subject, evidence }) => resizeCloudFormation(subject, evidence.targetType),
  cli: ({ subject, evidence }) => resizeCli(subject, evidence.targetType),
  links: [
    {
      url: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances-standard-mode.html',
      readOn: '2026-11',
    },
  ],
});
