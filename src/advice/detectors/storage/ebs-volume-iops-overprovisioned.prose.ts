import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import { DRY_RUN_NOTE, lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';
import type { EbsVolumeIopsOverprovisionedEvidence } from './ebs-volume-iops-overprovisioned.ts';

export const ebsVolumeIopsOverprovisionedProse = defineProse<EbsVolumeIopsOverprovisionedEvidence>({
  title: { en: 'Provisioned IOPS follow what is used', ja: 'EBSのIOPS設定の適正化' },
  sentence: {
    en: 'This {volumeType} volume has {provisionedIops} operations a second provisioned and used {measuredIops} at most; what is provisioned costs {monthlyCost} a month.',
    ja: 'この{volumeType}ボリュームには{provisionedIops} IOPSが設定されていますが、最大でも{measuredIops} IOPSしか使われていません。IOPSの料金は月額{monthlyCost}です。',
  },
  background: {
    en: 'Provisioned operations are paid whether they are used or not. gp3 includes 3,000 of them; io2 charges for all. Values stay that were set for a bulk load or a load test. {targetIops} leave room above the highest five minutes measured.',
    ja: '設定したIOPSは、使用の有無にかかわらず料金がかかります（gp3は3,000 IOPSを含み、io2はすべてが対象です）。データの一括投入や負荷試験の際に上げた設定が、そのまま残っていることがよくあります。{targetIops} IOPSは、測定された最大値（5分間）に余裕を加えた値です。',
  },
  riskOfActing: {
    en: 'Bursts shorter than five minutes, a month-end run or a restore may need more than was measured in these two weeks; then requests queue and the application slows down.',
    ja: '5分に満たない集中、月末処理、リストアなど、この2週間に測定された値より高い性能が必要になる場合があります。不足すると、入出力の待ちが発生して処理が遅くなります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for operations that nobody uses.',
    ja: '使われていない性能に、毎月{monthlySavings}を払い続けることになります。',
  },
  desiredState: {
    en: 'Operations are set to what the workload uses at its peak, raised for special runs and lowered after them.',
    ja: 'IOPSがピーク時の利用に合わせて設定され、特別な処理の間だけ引き上げられている状態です。',
  },
  steps: {
    en: [
      'Ask the owner for month-end runs, bulk loads and restores, and look at the operations of the last three months in CloudWatch.',
      'Lower the operations to {targetIops} a second. No restart, no detaching.',
      'Watch queue length and latency of the volume for one business cycle.',
      'Set the same value in IaC, or the next deployment raises it again.',
    ],
    ja: [
      '月末処理、一括投入、リストアの予定を担当者に確認し、CloudWatchで過去3か月のIOPSを確認します。',
      'IOPSを{targetIops}に下げます（再起動やデタッチは不要です）。',
      '業務の1サイクルの間、ボリュームのキュー長と応答時間を監視します。',
      'IaCにも同じ値を設定します（設定しないと次回のデプロイで元に戻ります）。',
    ],
  },
  undo: {
    en: 'Set {provisionedIops} operations again; a volume can be changed again some hours after the last change.',
    ja: 'IOPSを{provisionedIops}に戻します（前回の変更から数時間経過した後に実行できます）。',
  },
  terraform: ({ subject, evidence }) =>
    lines(
      `# ${commentText(nameOf(subject))}: only the line that changes. On a root disk it belongs into root_block_device of its aws_instance.`,
      `resource "aws_ebs_volume" "${terraformName(nameOf(subject))}" {`,
      `  iops = ${evidence.targetIops}`,
      '}',
    ),
  cloudFormation: ({ subject, evidence }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: only the line that changes`,
      '    Type: AWS::EC2::Volume',
      '    Properties:',
      `      Iops: ${evidence.targetIops}`,
    ),
  cli: ({ subject, evidence }) => {
    const id = shellQuote(nameOf(subject));
    return lines(
      DRY_RUN_NOTE,
      `aws ec2 modify-volume --volume-id ${id} --iops ${evidence.targetIops}${regionFlag(subject)} --dry-run`,
      `aws ec2 describe-volumes-modifications --volume-ids ${id}${regionFlag(subject)}`,
    );
  },
  links: [
    { url: 'https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modify-volume.html', readOn: '2026-11' },
  ],
});
