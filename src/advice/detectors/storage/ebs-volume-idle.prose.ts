import { defineProse } from '../../define-prose.ts';
import { commentText, hclString, shellQuote, terraformName } from '../../snippet.ts';
import { DRY_RUN_NOTE, lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';
import type { EbsVolumeIdleEvidence } from './ebs-volume-idle.ts';

export const ebsVolumeIdleProse = defineProse<EbsVolumeIdleEvidence>({
  title: { en: 'Attached volumes are read or written', ja: '読み書きのないEBSボリュームの整理' },
  sentence: {
    en: 'This {volumeType} volume of {sizeGib} GiB is attached, but next to nothing was read or written in {lookbackDays} days; it costs {monthlyCost} a month.',
    ja: 'この{volumeType}ボリューム（{sizeGib} GiB）はアタッチされていますが、{lookbackDays}日間ほとんど読み書きがありません。月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'Disks come along from the old site, one for each drive letter, and are attached because the server had them. Data that nobody reads costs less as a snapshot, which also survives the instance.',
    ja: '移行時には、旧環境のドライブ構成に合わせて、使わないディスクまで作成されることがあります。読まれないデータはスナップショットの方が安く、インスタンスがなくなっても残ります。',
  },
  riskOfActing: {
    en: 'A quarterly or yearly job may read it, and an instance whose disk is missing may not start. A snapshot keeps the data, but a restored volume is slow at first.',
    ja: '四半期や年次の処理で使われる可能性があります。また、ディスクがなくなるとOSの起動に失敗する場合があります。スナップショットでデータは残せますが、復元直後は読み込みが遅くなります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for a disk that nobody reads.',
    ja: '誰も読んでいないディスクに、毎月{monthlySavings}を払い続けることになります。',
  },
  desiredState: {
    en: 'Each attached volume is in use; data that is only kept is kept as a snapshot with an end date.',
    ja: 'アタッチされたボリュームがすべて使用され、保管だけが目的のデータは期限付きのスナップショットになっている状態です。',
  },
  steps: {
    en: [
      'Find out on which instance it hangs and what is on it; ask the owner whether a rare job reads it.',
      'Unmount it, take it out of /etc/fstab (or set the drive offline), and wait one business cycle.',
      'Take a snapshot, with a tag that says from which volume and until when, and wait until it is complete.',
      'Detach the volume, and delete it once nobody has missed it.',
    ],
    ja: [
      'アタッチ先のインスタンスと内容を調べ、まれな処理で使わないことを担当者に確認します。',
      'アンマウントして/etc/fstabから外し（Windowsではオフラインにし）、業務の1サイクルを待ちます。',
      '元のボリュームと保管期限をタグに付けてスナップショットを取得し、完了を待ちます。',
      'ボリュームをデタッチし、問題がないことを確認してから削除します。',
    ],
  },
  undo: {
    en: 'Attach and mount it again; after deletion create a volume from the snapshot, in the same Availability Zone.',
    ja: '再度アタッチしてマウントします。削除後は、同じアベイラビリティーゾーンでスナップショットからボリュームを作成します。',
  },
  terraform: ({ subject }) => {
    const id = nameOf(subject);
    return lines(
      '# Step 1: keep the data.',
      `resource "aws_ebs_snapshot" "${terraformName(id)}" {`,
      `  volume_id   = ${hclString(id)}`,
      `  description = ${hclString(`${id} before deletion`)}`,
      '}',
      '',
      `# Step 2, once the snapshot is complete: delete the aws_volume_attachment, and later the aws_ebs_volume block of ${commentText(id)}.`,
    );
  },
  cloudFormation: ({ subject }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: first this line, then delete the resource in the next update`,
      '    Type: AWS::EC2::Volume',
      '    DeletionPolicy: Snapshot',
    ),
  cli: ({ subject }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      '# On which instance does it hang? Unmount it there first.',
      `aws ec2 describe-volumes --volume-ids ${id} --query 'Volumes[0].Attachments'${region}`,
      `snapshot_id=$(aws ec2 create-snapshot --volume-id ${id} --description ${shellQuote(`${nameOf(subject)} before deletion`)} --query SnapshotId --output text${region})`,
      `aws ec2 wait snapshot-completed --snapshot-ids "$snapshot_id"${region}`,
      DRY_RUN_NOTE,
      `aws ec2 detach-volume --volume-id ${id}${region} --dry-run`,
      `aws ec2 delete-volume --volume-id ${id}${region} --dry-run`,
    );
  },
  links: [
    { url: 'https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-idle-recommendations.html', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-deleting-volume.html', readOn: '2026-11' },
  ],
});
