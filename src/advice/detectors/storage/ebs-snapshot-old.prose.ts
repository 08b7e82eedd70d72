import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import { DRY_RUN_NOTE, FIND_BLOCK, lines, nameOf, regionFlag } from '../shared/snippets.ts';
import type { EbsSnapshotOldEvidence } from './ebs-snapshot-old.ts';

export const ebsSnapshotOldProse = defineProse<EbsSnapshotOldEvidence>({
  title: { en: 'Snapshots are kept as long as they are needed', ja: '古いEBSスナップショットの整理' },
  sentence: {
    en: 'This snapshot has been on the bill for at least {ageDays} days; the {sizeGib} GiB billed for it cost {monthlyCost} a month.',
    ja: 'このスナップショットは少なくとも{ageDays}日前から課金されており、課金対象の{sizeGib} GiBに月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'Snapshots taken by hand, before changes and behind images that nobody starts any more stay until somebody deletes them. They are incremental: blocks that a later snapshot needs stay and are billed there, so the figure here is the most that can be saved; the expected saving is half of it.',
    ja: '作業前に手動で取得したものや、使われなくなったAMIのスナップショットは、削除するまで残ります。スナップショットは増分方式のため、後続のスナップショットが必要とするブロックは削除後も残り、そちらに課金されます。上記の金額は削減額の上限であり、見込額はその半分としています。',
  },
  riskOfActing: {
    en: 'It may be the only copy of a disk, a record that has to be kept by law, or part of an image that still starts machines. Deleted is deleted, unless a recycle bin rule keeps it.',
    ja: '唯一のコピー、法令などで保管が必要な記録、使用中のAMIの一部である可能性があります。ごみ箱（Recycle Bin）のルールがない場合、削除すると元に戻せません。',
  },
  riskOfNotActing: {
    en: 'Up to {monthlyCost} a month, of which {monthlySavings} are expected to go; the pile grows with every change.',
    ja: '月額で最大{monthlyCost}（削減見込額{monthlySavings}）の支払いが続き、作業のたびに増えていきます。',
  },
  desiredState: {
    en: 'Each snapshot has an owner and an end date, set by AWS Backup or Data Lifecycle Manager; what must be kept for years is archived.',
    ja: 'スナップショットに担当者と保管期限があり、AWS BackupやData Lifecycle Managerで管理され、長期保管分はアーカイブされている状態です。',
  },
  steps: {
    en: [
      'Look up its description, tags and volume, and whether an image uses it; ask the owner how long it must be kept.',
      'Set a Recycle Bin retention rule for snapshots, so that a mistake can be undone for some days.',
      'If it must be kept for months, consider the archive tier: cheaper by the GiB, but a full copy, for 90 days at least.',
      'Otherwise deregister the image, if there is one, and delete the snapshot.',
      'Give new snapshots an end date with Data Lifecycle Manager or AWS Backup.',
    ],
    ja: [
      '説明、タグ、元のボリューム、AMIでの使用状況を調べ、保管期限を担当者に確認します。',
      'スナップショットにごみ箱（Recycle Bin）の保持ルールを設定します（数日間は誤削除を取り消せます）。',
      '長期保管が必要な場合は、アーカイブ階層を検討します（GiB単価は低いものの、全体のコピーとなり、最低90日間課金されます）。',
      '不要であれば、関連するAMIがある場合は登録解除し、スナップショットを削除します。',
      '今後のスナップショットには、Data Lifecycle ManagerやAWS Backupで保管期限を設定します。',
    ],
  },
  undo: {
    en: 'Restore it from the Recycle Bin within its retention; afterwards it is gone.',
    ja: 'ごみ箱の保持期間内であれば復元できます。期間を過ぎると元に戻せません。',
  },
  terraform: ({ subject }) =>
    lines(
      `${FIND_BLOCK}${commentText(nameOf(subject))}`,
      '# After the owner has agreed, replace its block by this one (Terraform 1.7 or later).',
      'removed {',
      `  from = aws_ebs_snapshot.${terraformName(nameOf(subject))}`,
      '  lifecycle {',
      '    destroy = true',
      '  }',
      '}',
    ),
  cloudFormation: null,
  cli: ({ subject }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      '# What is it, and does an image need it? An image that does must be deregistered first.',
      `aws ec2 describe-snapshots --snapshot-ids ${id}${region}`,
      `aws ec2 describe-images --owners self --filters Name=block-device-mapping.snapshot-id,Values=${id} --query 'Images[].[ImageId,Name]'${region}`,
      DRY_RUN_NOTE,
      `aws ec2 delete-snapshot --snapshot-id ${id}${region} --dry-run`,
    );
  },
  links: [
    { url: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSnapshot.html', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-archive.html', readOn: '2026-11' },
  ],
});
