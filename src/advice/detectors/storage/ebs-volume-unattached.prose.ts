import { defineProse } from '../../define-prose.ts';
import { commentText, hclString, shellQuote, terraformName } from '../../snippet.ts';
import { lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';
import type { EbsVolumeUnattachedEvidence } from './ebs-volume-unattached.ts';

export const ebsVolumeUnattachedProse = defineProse<EbsVolumeUnattachedEvidence>({
  title: { en: 'EBS volumes are attached or gone', ja: '未アタッチEBSボリュームの削除' },
  sentence: {
    en: 'This {volumeType} volume of {sizeGib} GiB has not been attached to any instance for {detachedDays} days and costs {monthlyCost} a month.',
    ja: 'この{volumeType}ボリューム（{sizeGib} GiB）は{detachedDays}日間どのインスタンスにもアタッチされておらず、月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'A volume is paid for its provisioned size until it is deleted, attached or not. Volumes stay behind when an instance is terminated without them, and after migrations and restore tests.',
    ja: 'ボリュームは、アタッチの有無にかかわらず、削除するまで確保した容量分の料金がかかります。インスタンスの終了時に残ったもの、移行やリストア試験の後に残ったものが代表的です。',
  },
  riskOfActing: {
    en: 'The data is gone with the volume: it may be the only copy of something. A snapshot keeps it for less money (half to two thirds at most), but a restored volume is slow at first.',
    ja: 'ボリュームを削除するとデータも失われます。唯一のコピーである可能性もあります。スナップショットを残せば少ない費用（最大でも半分から3分の2程度）でデータを保持できますが、復元直後は読み込みが遅くなります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month go on, and forgotten data stays where nobody protects or deletes it on time.',
    ja: '毎月{monthlySavings}の支払いが続きます。管理されていないデータが残り続けること自体もリスクです。',
  },
  desiredState: {
    en: 'Each volume belongs to an instance; data that is only kept is kept as a snapshot with an end date.',
    ja: 'すべてのボリュームがインスタンスで使用され、保管だけが目的のデータは期限付きのスナップショットになっている状態です。',
  },
  steps: {
    en: [
      'Ask the owner what is on it and how long it must be kept.',
      'Take a snapshot, with a tag that says from which volume and until when.',
      'Wait until the snapshot is complete. If the data matters, restore it once.',
      'Delete the volume.',
      'Delete the snapshot on its date; until then it costs a part of what the volume did.',
    ],
    ja: [
      'データの内容と保管期限を担当者に確認します。',
      '元のボリュームと保管期限をタグに付けて、スナップショットを取得します。',
      'スナップショットの完了を待ちます。重要なデータの場合は、一度復元できることを確認します。',
      'ボリュームを削除します。',
      '保管期限が来たらスナップショットも削除します（それまではボリュームの一部に相当する費用がかかります）。',
    ],
  },
  undo: {
    en: 'Create a volume from the snapshot, in the same Availability Zone. Without a snapshot there is no way back.',
    ja: '同じアベイラビリティーゾーンで、スナップショットからボリュームを作成します。スナップショットがない場合は元に戻せません。',
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
      `# Step 2, once the snapshot is complete: delete the aws_ebs_volume block of ${commentText(id)}.`,
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
      `snapshot_id=$(aws ec2 create-snapshot --volume-id ${id} --description ${shellQuote(`${nameOf(subject)} before deletion`)} --query SnapshotId --output text${region})`,
      `aws ec2 wait snapshot-completed --snapshot-ids "$snapshot_id"${region}`,
      '# Only tries: answers "DryRunOperation" when it would work. Take --dry-run away to delete.',
      `aws ec2 delete-volume --volume-id ${id}${region} --dry-run`,
    );
  },
  links: [
    { url: 'https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-idle-recommendations.html', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-deleting-volume.html', readOn: '2026-11' },
  ],
});
