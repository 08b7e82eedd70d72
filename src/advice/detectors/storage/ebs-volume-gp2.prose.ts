import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import { DRY_RUN_NOTE, lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';
import type { EbsVolumeGp2Evidence } from './ebs-volume-gp2.ts';

const isMoreIops = ({ targetIops }: EbsVolumeGp2Evidence): boolean => targetIops > 3_000;
const isMoreThroughput = ({ targetThroughputMibps }: EbsVolumeGp2Evidence): boolean => targetThroughputMibps > 125;

export const ebsVolumeGp2Prose = defineProse<EbsVolumeGp2Evidence>({
  title: { en: 'General purpose volumes are gp3', ja: 'EBSボリュームのgp3への移行' },
  sentence: {
    en: 'This gp2 volume of {sizeGib} GiB costs {monthlyCost} a month; gp3 with the same performance costs {savingsPercent} % less.',
    ja: 'このgp2ボリューム（{sizeGib} GiB）は月額{monthlyCost}です。同等の性能のgp3に変更すると、料金が{savingsPercent}%下がります。',
  },
  background: {
    en: 'gp2 ties speed to size: {sizeGib} GiB give {gp2Iops} I/O operations a second. gp3 gives 3,000 operations and 125 MiB/s at any size, costs less for each GiB, and sells more of either by itself. The saving here pays for what gp2 gave steadily: {targetIops} operations and {targetThroughputMibps} MiB/s.',
    ja: 'gp2は性能が容量に比例し、{sizeGib} GiBでは{gp2Iops} IOPSです。gp3は容量にかかわらず3,000 IOPSと125 MiB/sを含み、GiB単価が安く、不足分だけを追加できます。この削減見込額は、gp2が継続的に提供していた性能（{targetIops} IOPS、{targetThroughputMibps} MiB/s）の費用を差し引いた金額です。',
  },
  riskOfActing: {
    en: 'The change happens while the volume is in use; during it the speed may lie between the old and the new one. The volume cannot be changed again for at least six hours. Above 170 GiB, gp2 allowed bursts up to 250 MiB/s, which gp3 gives only when it is set.',
    ja: '変更は使用中のまま実行でき、完了までの性能は変更前後の間になります。変更後6時間以上は再変更できません。170 GiBを超えるgp2では最大250 MiB/sまでバーストできましたが、gp3では明示的に設定した場合に限られます。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month more than needed for the same disk, and small volumes stay slower than gp3.',
    ja: '同じディスクに毎月{monthlySavings}を余分に払い続けることになります。容量の小さいgp2は、gp3より性能も低いままです。',
  },
  desiredState: {
    en: 'General purpose volumes are gp3, and so are the defaults of images, launch templates and IaC modules.',
    ja: '汎用ボリュームがすべてgp3となり、AMI、起動テンプレート、IaCモジュールの既定値もgp3になっている状態です。',
  },
  steps: {
    en: [
      'Take a snapshot of the volume, as before every change of a disk.',
      'Look at its highest throughput in CloudWatch; above 125 MiB/s set {targetThroughputMibps} MiB/s or more.',
      'Change the type to gp3 with {targetIops} operations a second. No restart, no detaching.',
      'Watch the change until it is "completed".',
      'Change the type in images, launch templates and IaC, or the next volume is gp2 again.',
    ],
    ja: [
      'ディスク変更前の通常の手順として、スナップショットを取得します。',
      'CloudWatchで最大スループットを確認し、125 MiB/sを超える場合は{targetThroughputMibps} MiB/s以上を設定します。',
      'タイプをgp3、IOPSを{targetIops}に変更します（再起動やデタッチは不要です）。',
      '変更状態が"completed"になるまで確認します。',
      'AMI、起動テンプレート、IaCの設定もgp3に変更します（変更しないと次回もgp2で作成されます）。',
    ],
  },
  undo: {
    en: 'Change the type back to gp2, six hours later at the earliest.',
    ja: 'タイプをgp2に戻します（変更から6時間以上経過した後に実行できます）。',
  },
  terraform: ({ subject, evidence }) =>
    lines(
      `# ${commentText(nameOf(subject))}: only the lines that change. On a root disk they belong into root_block_device of its aws_instance.`,
      `resource "aws_ebs_volume" "${terraformName(nameOf(subject))}" {`,
      '  type       = "gp3"',
      isMoreIops(evidence) && `  iops       = ${evidence.targetIops}`,
      isMoreThroughput(evidence) && `  throughput = ${evidence.targetThroughputMibps}`,
      '}',
    ),
  cloudFormation: ({ subject, evidence }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: only the lines that change`,
      '    Type: AWS::EC2::Volume',
      '    Properties:',
      '      VolumeType: gp3',
      isMoreIops(evidence) && `      Iops: ${evidence.targetIops}`,
      isMoreThroughput(evidence) && `      Throughput: ${evidence.targetThroughputMibps}`,
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
    { url: 'https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modify-volume.html', readOn: '2026-11' },
  ],
});
