import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import { DRY_RUN_NOTE, lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';
import type { EbsVolumeIo1Evidence } from './ebs-volume-io1.ts';

export const ebsVolumeIo1Prose = defineProse<EbsVolumeIo1Evidence>({
  title: { en: 'Provisioned IOPS volumes need what gp3 cannot give', ja: 'EBSボリューム（io1）のgp3への移行' },
  sentence: {
    en: 'This io1 volume of {sizeGib} GiB with {provisionedIops} operations a second costs {monthlyCost} a month; gp3 with the same operations and throughput costs {savingsPercent} % less.',
    ja: 'このio1ボリューム（{sizeGib} GiB、{provisionedIops} IOPS）は月額{monthlyCost}です。同じIOPSとスループットのgp3に変更すると、料金が{savingsPercent}%下がります。',
  },
  background: {
    en: 'io1 charges for each operation a second that is provisioned; gp3 includes 3,000 of them and 125 MiB/s, and sells more of both at a fraction of that price. When io1 was chosen, gp3 often did not exist. The saving here already pays for {targetIops} operations and {targetThroughputMibps} MiB/s on gp3.',
    ja: 'io1は確保したIOPSのすべてに料金がかかります。gp3は3,000 IOPSと125 MiB/sを含み、追加分の単価も大幅に低くなっています。io1を選んだ当時、gp3がまだなかったという例が多く見られます。この削減見込額は、gp3で{targetIops} IOPSと{targetThroughputMibps} MiB/sを確保する費用を差し引いた金額です。',
  },
  riskOfActing: {
    en: 'io1 keeps its operations 99.9 % of the time, gp3 99 %, and single requests may take a little longer now and then. A database that was sized on steady latency has to be watched. During the change the speed may lie between the old and the new one.',
    ja: 'io1は99.9%、gp3は99%の時間で設定した性能を満たす設計です。応答時間がわずかに揺らぐことがあるため、安定した応答を前提に設計したデータベースでは注意が必要です。変更が完了するまで、性能は変更前後の間になります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for operations that gp3 gives for less.',
    ja: 'gp3なら低い料金で得られる性能に、毎月{monthlySavings}を余分に払い続けることになります。',
  },
  desiredState: {
    en: 'Provisioned IOPS volumes are kept for what needs steady latency below a millisecond or more than gp3 gives, and are io2 then, which is more durable at the same price.',
    ja: 'プロビジョンドIOPSは、安定した低遅延やgp3を超える性能が必要な場合に限られ、その場合も同じ料金で耐久性が高いio2になっている状態です。',
  },
  steps: {
    en: [
      'Ask the owner whether the application was promised a latency, and look at the highest operations and throughput of the last weeks in CloudWatch.',
      'Take a snapshot of the volume, as before every change of a disk.',
      'Change the type to gp3 with {targetIops} operations a second and {targetThroughputMibps} MiB/s. No restart, no detaching.',
      'Watch the change until it is "completed", and the latency of reads and writes for one business cycle.',
      'Lower operations and throughput to what was measured, once it has proved itself; change images and IaC too.',
    ],
    ja: [
      '応答時間の要件の有無を担当者に確認し、CloudWatchで直近数週間の最大IOPSと最大スループットを確認します。',
      'ディスク変更前の通常の手順として、スナップショットを取得します。',
      'タイプをgp3、IOPSを{targetIops}、スループットを{targetThroughputMibps} MiB/sに変更します（再起動やデタッチは不要です）。',
      '変更状態が"completed"になるまで確認し、業務の1サイクルの間、読み書きの応答時間を監視します。',
      '問題がなければ、実測値に合わせてIOPSとスループットを下げます（AMIやIaCの設定も変更します）。',
    ],
  },
  undo: {
    en: 'Change the type back to io1 (or to io2) with {provisionedIops} operations a second; a volume can be changed again some hours after the last change.',
    ja: 'タイプをio1（またはio2）、IOPSを{provisionedIops}に戻します（前回の変更から数時間経過した後に実行できます）。',
  },
  terraform: ({ subject, evidence }) =>
    lines(
      `# ${commentText(nameOf(subject))}: only the lines that change. On a root disk they belong into root_block_device of its aws_instance.`,
      `resource "aws_ebs_volume" "${terraformName(nameOf(subject))}" {`,
      '  type       = "gp3"',
      `  iops       = ${evidence.targetIops}`,
      `  throughput = ${evidence.targetThroughputMibps}`,
      '}',
    ),
  cloudFormation: ({ subject, evidence }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: only the lines that change`,
      '    Type: AWS::EC2::Volume',
      '    Properties:',
      '      VolumeType: gp3',
      `      Iops: ${evidence.targetIops}`,
      `      Throughput: ${evidence.targetThroughputMibps}`,
    ),
  cli: ({ subject, evidence }) => {
    const id = shellQuote(nameOf(subject));
    const size = `--iops ${evidence.targetIops} --throughput ${evidence.targetThroughputMibps}`;
    return lines(
      `aws ec2 create-snapshot --volume-id ${id} --description ${shellQuote(`${nameOf(subject)} before gp3`)}${regionFlag(subject)}`,
      DRY_RUN_NOTE,
      `aws ec2 modify-volume --volume-id ${id} --volume-type gp3 ${size}${regionFlag(subject)} --dry-run`,
      `aws ec2 describe-volumes-modifications --volume-ids ${id}${regionFlag(subject)}`,
    );
  },
  links: [
    { url: 'https://docs.aws.amazon.com/ebs/latest/userguide/provisioned-iops.html', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html', readOn: '2026-11' },
  ],
});
