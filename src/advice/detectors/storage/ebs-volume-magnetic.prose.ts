import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import { DRY_RUN_NOTE, lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';
import type { EbsVolumeMagneticEvidence } from './ebs-volume-magnetic.ts';

export const ebsVolumeMagneticProse = defineProse<EbsVolumeMagneticEvidence>({
  title: { en: 'No busy volume is magnetic', ja: 'EBSマグネティックボリュームの移行' },
  sentence: {
    en: 'This magnetic volume of {sizeGib} GiB pays for {millionOperationsMonthly} million operations a month one by one and costs {monthlyCost}; gp3 costs {savingsPercent} % less and is faster.',
    ja: 'このマグネティックボリューム（{sizeGib} GiB）は、月{millionOperationsMonthly}百万回の入出力にも個別に料金がかかり、月額{monthlyCost}です。gp3に変更すると料金が{savingsPercent}%下がり、性能も向上します。',
  },
  background: {
    en: 'Magnetic volumes are of the previous generation: about 100 operations a second, and each of them is charged for. gp3 includes 3,000 a second in its price by size.',
    ja: 'マグネティックは旧世代のボリュームで、性能は100 IOPS程度、入出力の回数にも料金がかかります。gp3は容量の料金に3,000 IOPSを含みます。',
  },
  riskOfActing: {
    en: 'The change happens while the volume is in use; until it is done the speed may lie between the old and the new one. Very old instance types have to stop and start before they can change a volume.',
    ja: '変更は使用中のまま実行でき、完了までの性能は変更前後の間になります。非常に古いインスタンスタイプでは、ボリュームを変更する前に停止と起動が必要な場合があります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month more than needed, for a slower disk whose cost rises with every operation.',
    ja: '入出力のたびに費用が増える低速なディスクに、毎月{monthlySavings}を余分に払い続けることになります。',
  },
  desiredState: {
    en: 'No volume is magnetic; images, launch templates and scripts name gp3.',
    ja: 'マグネティックのボリュームがなく、AMI、起動テンプレート、スクリプトの設定もgp3になっている状態です。',
  },
  steps: {
    en: [
      'Take a snapshot of the volume, as before every change of a disk.',
      'Change the type to gp3. No restart, no detaching.',
      'Watch the change until it is "completed".',
      'Change the type in images, launch templates and scripts, or the next volume is magnetic again.',
    ],
    ja: [
      'ディスク変更前の通常の手順として、スナップショットを取得します。',
      'タイプをgp3に変更します（再起動やデタッチは不要です）。',
      '変更状態が"completed"になるまで確認します。',
      'AMI、起動テンプレート、スクリプトの設定もgp3に変更します（変更しないと次回も同じタイプで作成されます）。',
    ],
  },
  undo: {
    en: 'Create a magnetic volume from the snapshot and attach it in place of the new one; nobody has needed that for speed.',
    ja: 'スナップショットからマグネティックのボリュームを作成し、付け替えます（性能面で戻す理由はまずありません）。',
  },
  terraform: ({ subject }) =>
    lines(
      `# ${commentText(nameOf(subject))}: only the line that changes. On a root disk it belongs into root_block_device of its aws_instance.`,
      `resource "aws_ebs_volume" "${terraformName(nameOf(subject))}" {`,
      '  type = "gp3"',
      '}',
    ),
  cloudFormation: ({ subject }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: only the line that changes`,
      '    Type: AWS::EC2::Volume',
      '    Properties:',
      '      VolumeType: gp3',
    ),
  cli: ({ subject }) => {
    const id = shellQuote(nameOf(subject));
    return lines(
      `aws ec2 create-snapshot --volume-id ${id} --description ${shellQuote(`${nameOf(subject)} before gp3`)}${regionFlag(subject)}`,
      DRY_RUN_NOTE,
      `aws ec2 modify-volume --volume-id ${id} --volume-type gp3${regionFlag(subject)} --dry-run`,
      `aws ec2 describe-volumes-modifications --volume-ids ${id}${regionFlag(subject)}`,
    );
  },
  links: [
    { url: 'https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modify-volume.html', readOn: '2026-11' },
  ],
});
