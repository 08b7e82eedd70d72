import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import type { LeftOverEvidence } from '../shared/left-over.ts';
import { FIND_BLOCK, lines, nameOf, regionFlag } from '../shared/snippets.ts';

export const dmsInstanceLeftProse = defineProse<LeftOverEvidence>({
  title: { en: 'Database replication ends with the cut-over', ja: '移行完了後のDMSインスタンスの削除' },
  sentence: {
    en: 'This DMS replication instance is still paid {daysSinceCutOver} days after the cut-over of "{wave}" ({cutOver}); it costs {monthlyCost} a month.',
    ja: 'このDMSレプリケーションインスタンスは、「{wave}」の切り替え（{cutOver}）から{daysSinceCutOver}日たった今も課金されており、月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'A replication instance of the Database Migration Service is paid by the hour, whether or not a task runs on it. Its tasks end with the move of the databases; the instance, its storage and its logs stay until somebody deletes them.',
    ja: 'Database Migration Service（DMS）のレプリケーションインスタンスは、タスクの有無にかかわらず時間課金されます。データベースの移行が終わるとタスクは停止しますが、インスタンスとストレージ、ログは削除するまで残ります。',
  },
  riskOfActing: {
    en: 'Some replication is meant to last: copies for a data warehouse, or back to the old system for the way home. With the instance its tasks, their positions in the log and their settings are gone.',
    ja: '分析基盤への連携や、切り戻しに備えた旧システムへの書き戻しなど、継続利用を前提としたレプリケーションの可能性があります。インスタンスを削除すると、タスクの設定や、どこまで複製したかの情報も失われます。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for a tool whose work is done, with passwords of old and new databases in its endpoints.',
    ja: '役目を終えたインスタンスに毎月{monthlySavings}を払い続けることになります。新旧データベースの接続情報も残ったままです。',
  },
  desiredState: {
    en: 'Replication instances exist while a task runs; what replicates for good has an owner and the right size.',
    ja: 'タスクの実行中だけインスタンスがあり、継続的なレプリケーションには担当者と適切なサイズが定まっている状態です。',
  },
  steps: {
    en: [
      'Look at its tasks: which of them replicates right now, and from where to where.',
      'Ask the owner of the wave and of the databases whether any of them is meant to last.',
      'Save the settings and table mappings of the tasks as JSON.',
      'Stop the tasks and leave the instance for one business cycle; a stopped task can be resumed.',
      'Delete the tasks, then the instance, then the endpoints with their passwords.',
    ],
    ja: [
      'タスクの一覧を調べ、現在複製中のものと、その複製元・複製先を確認します。',
      'ウェーブとデータベースの責任者に、継続利用の予定がないか確認します。',
      'タスクの設定とテーブルマッピングをJSONで保存します。',
      'タスクを停止し、業務の1サイクルを待ちます（停止したタスクは再開できます）。',
      'タスク、インスタンス、接続情報を含むエンドポイントの順に削除します。',
    ],
  },
  undo: {
    en: 'A stopped task can be resumed. After deletion: a new instance, with tasks from the saved JSON, which load the data anew.',
    ja: '停止したタスクは再開できます。削除後は、インスタンスを作り直し、保存したJSONからタスクを作成して最初から複製します。',
  },
  terraform: ({ subject }) =>
    lines(
      `${FIND_BLOCK}${commentText(nameOf(subject))}`,
      '# First stop its tasks and wait; then replace its block by this one (Terraform 1.7 or later).',
      'removed {',
      `  from = aws_dms_replication_instance.${terraformName(nameOf(subject))}`,
      '  lifecycle {',
      '    destroy = true',
      '  }',
      '}',
    ),
  cloudFormation: null,
  cli: ({ subject }) => {
    const arn = subject.resourceId ?? '';
    return lines(
      '# Its tasks, with their state, settings and mappings. Keep the answer.',
      `aws dms describe-replication-tasks --filters ${shellQuote(`Name=replication-instance-arn,Values=${arn}`)}${regionFlag(subject)}`,
      '# After its tasks have been stopped and deleted, and its owner has agreed:',
      `# aws dms delete-replication-instance --replication-instance-arn ${commentText(shellQuote(arn))}`,
    );
  },
  links: [{ url: 'https://docs.aws.amazon.com/dms/latest/userguide/CHAP_ReplicationInstance.Deleting.html', readOn: '2026-11' }],
});
