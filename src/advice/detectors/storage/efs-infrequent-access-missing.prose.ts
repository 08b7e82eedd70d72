import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import { lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';
import type { EfsInfrequentAccessMissingEvidence } from './efs-infrequent-access-missing.ts';

export const efsInfrequentAccessMissingProse = defineProse<EfsInfrequentAccessMissingEvidence>({
  title: { en: 'Files that nobody opens are in Infrequent Access', ja: 'EFSライフサイクル管理の有効化' },
  sentence: {
    en: 'This file system holds {storedGigabytes} GB, all of it in Standard, for {monthlyCost} a month; at least {unreadPercent} % of it cannot have been read or written within a month.',
    ja: 'このファイルシステムは{storedGigabytes} GBのすべてを標準ストレージに置いており、月額{monthlyCost}です。少なくとも{unreadPercent}%は、1か月間読み書きされていないと判断できます。',
  },
  background: {
    en: 'Lifecycle management moves files that were not opened for 30 days to Infrequent Access, where a GB costs a small part of Standard and each GB read is charged. Applications see no difference but some milliseconds. It is off unless somebody chose it, and file shares from the old site come with years of files.',
    ja: 'ライフサイクル管理を有効にすると、30日間開かれていないファイルが低頻度アクセスに移り、保管料金が大幅に下がります（読み出し量に応じた料金がかかります）。アプリケーションからは、数ミリ秒の遅延を除いて違いがありません。旧環境から移行したファイルサーバーには、長年のファイルが残っていることがよくあります。',
  },
  riskOfActing: {
    en: 'Files below 128 KiB are charged as 128 KiB there, and moving is charged once for each GB. A virus scan or a backup that opens every file brings reading charges, or all files back.',
    ja: '128 KiB未満のファイルは128 KiBとして課金され、移動した量に応じた料金が一度かかります。すべてのファイルを開くウイルススキャンやバックアップがあると、読み出し料金が発生したり、標準に戻ったりします。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month to keep files at hand that nobody opens.',
    ja: '誰も開かないファイルのために、毎月{monthlySavings}を余分に払い続けることになります。',
  },
  desiredState: {
    en: 'Each file system moves files to Infrequent Access after 30 days and to Archive after 90, and back on first access where speed matters.',
    ja: 'すべてのファイルシステムで、30日で低頻度アクセス、90日でアーカイブに移り、速度が重要な場合は初回アクセスで標準に戻る状態です。',
  },
  steps: {
    en: [
      'Ask the owner for scans and backups that open all files, and whether most files are very small.',
      'Switch on the move to Infrequent Access after 30 days, and back to Standard on first access.',
      'Look at the bill after a month: storage moves over, and reading should stay small.',
    ],
    ja: [
      'すべてのファイルを開くスキャンやバックアップの有無、小さなファイルの割合を担当者に確認します。',
      '30日後に低頻度アクセスへ移し、初回アクセスで標準に戻す設定を有効にします。',
      '1か月後の請求を確認します（保管量が移り、読み出し料金が小さいことを確かめます）。',
    ],
  },
  undo: {
    en: 'Take the policy away; files come back to Standard when they are read, if that policy stays, or by copying them.',
    ja: '設定を外します。標準への復帰設定を残しておけば読み出し時に戻り、それ以外はコピーし直すと戻ります。',
  },
  terraform: ({ subject }) =>
    lines(
      `# ${commentText(nameOf(subject))}: only the blocks that are new.`,
      `resource "aws_efs_file_system" "${terraformName(nameOf(subject))}" {`,
      '  lifecycle_policy {',
      '    transition_to_ia = "AFTER_30_DAYS"',
      '  }',
      '  lifecycle_policy {',
      '    transition_to_primary_storage_class = "AFTER_1_ACCESS"',
      '  }',
      '}',
    ),
  cloudFormation: ({ subject }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: only the lines that are new`,
      '    Type: AWS::EFS::FileSystem',
      '    Properties:',
      '      LifecyclePolicies:',
      '        - TransitionToIA: AFTER_30_DAYS',
      '        - TransitionToPrimaryStorageClass: AFTER_1_ACCESS',
    ),
  cli: ({ subject }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      `aws efs describe-lifecycle-configuration --file-system-id ${id}${region}`,
      '# Replaces all policies of the file system. After the owner has agreed:',
      `# aws efs put-lifecycle-configuration --file-system-id ${id} --lifecycle-policies TransitionToIA=AFTER_30_DAYS TransitionToPrimaryStorageClass=AFTER_1_ACCESS${region}`,
    );
  },
  links: [{ url: 'https://docs.aws.amazon.com/efs/latest/ug/lifecycle-management-efs.html', readOn: '2026-11' }],
});
