import { defineProse } from '../../define-prose.ts';
import { commentText, hclString, shellQuote, terraformName } from '../../snippet.ts';
import { DRY_RUN_NOTE, lines, nameOf, regionFlag } from '../shared/snippets.ts';
import type { Ec2InstanceIdleEvidence } from './ec2-instance-idle.ts';

export const ec2InstanceIdleProse = defineProse<Ec2InstanceIdleEvidence>({
  title: { en: 'EC2 instances work or are stopped', ja: '未使用EC2インスタンスの停止' },
  sentence: {
    en: 'This {instanceType} did next to nothing in {lookbackDays} days (CPU below {maximumCpuPercent} % at its highest) and costs {monthlyCost} a month.',
    ja: 'この{instanceType}は直近{lookbackDays}日間ほとんど使われていません（最大CPU使用率{maximumCpuPercent}%未満）。月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'A running instance is paid by the hour whether anyone uses it or not. After a migration these are often test cut-overs, old application servers and machines whose work has moved elsewhere. Its disks and addresses are lines of their own and are not counted here.',
    ja: '起動中のインスタンスは、利用の有無にかかわらず時間単位で課金されます。移行後に多いのは、テスト切替用のサーバー、旧アプリケーションサーバー、処理を他に移した後のマシンです。ディスクやIPアドレスは別料金のため、ここでは含めていません。',
  },
  riskOfActing: {
    en: 'A job that runs less often than every {lookbackDays} days (month end, year end) or a machine that waits to take over would be missing. An address that is not an Elastic IP changes, and data on instance store disks is lost when it stops.',
    ja: '{lookbackDays}日より長い間隔で動く処理（月次・年次のバッチなど）や、切替待ちの待機系だった場合、必要なときに動かなくなります。停止すると、Elastic IP以外のパブリックIPアドレスは変わり、インスタンスストアのデータは失われます。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month go on for a machine that nobody uses, and it still has to be patched and watched.',
    ja: '使われていないマシンに毎月{monthlySavings}を払い続けることになります。パッチ適用や監視の対象としても残ります。',
  },
  desiredState: {
    en: 'Instances that run have work to do; the others are stopped, and deleted after an agreed time.',
    ja: '起動しているインスタンスにはすべて用途があり、それ以外は停止され、合意した期間の後に削除されている状態です。',
  },
  steps: {
    en: [
      'Ask the owner what it is for, and whether a month-end or year-end job runs on it.',
      'Make an image (AMI) of it, and note its private address and security groups.',
      'Stop it outside working hours. Nothing is deleted.',
      'Leave it stopped for one business cycle, a month as a rule, and watch for complaints and alarms.',
      'Then terminate it, and delete its disks and addresses after a last snapshot.',
    ],
    ja: [
      '用途と、月次・年次の処理の有無を担当者に確認します。',
      'AMIを取得し、プライベートIPアドレスとセキュリティグループを控えます。',
      '業務時間外に停止します（この時点では何も削除しません）。',
      '業務の1サイクル（目安は1か月）停止したままにし、問い合わせやアラームがないことを確認します。',
      '問題がなければ終了（terminate）し、最終スナップショットを取得してからディスクとIPアドレスを削除します。',
    ],
  },
  undo: {
    en: 'Start the instance again; it is back within minutes with the same disks. After termination: a new instance from the image.',
    ja: 'インスタンスを起動すれば、同じディスクのまま数分で元に戻ります。終了後は、取得したAMIから作り直します。',
  },
  terraform: ({ subject }) => {
    const id = nameOf(subject);
    return lines(
      `# ${commentText(id)}: stops it and keeps it. "running" starts it again.`,
      `resource "aws_ec2_instance_state" "${terraformName(id)}" {`,
      `  instance_id = ${hclString(id)}`,
      '  state       = "stopped"',
      '}',
    );
  },
  cloudFormation: null,
  cli: ({ subject }) =>
    lines(
      DRY_RUN_NOTE,
      `aws ec2 create-image --instance-id ${shellQuote(nameOf(subject))} --name ${shellQuote(`${nameOf(subject)}-before-stop`)} --no-reboot${regionFlag(subject)} --dry-run`,
      `aws ec2 stop-instances --instance-ids ${shellQuote(nameOf(subject))}${regionFlag(subject)} --dry-run`,
    ),
  links: [
    { url: 'https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-idle-recommendations.html', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Stop_Start.html', readOn: '2026-11' },
  ],
});
