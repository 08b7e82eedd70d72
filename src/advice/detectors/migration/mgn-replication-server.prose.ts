import { defineProse } from '../../define-prose.ts';
import { shellQuote } from '../../snippet.ts';
import type { LeftOverEvidence } from '../shared/left-over.ts';
import { lines, nameOf, regionFlag } from '../shared/snippets.ts';

export const mgnReplicationServerProse = defineProse<LeftOverEvidence>({
  title: { en: 'Replication ends with the cut-over', ja: '移行完了後のレプリケーションサーバーの終了' },
  sentence: {
    en: 'This replication server of the Application Migration Service still runs {daysSinceCutOver} days after the cut-over of "{wave}" ({cutOver}) and costs {monthlyCost} a month.',
    ja: 'このApplication Migration Service（MGN）のレプリケーションサーバーは、「{wave}」の切り替え（{cutOver}）から{daysSinceCutOver}日たった今も稼働しており、月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'While a server is being moved, the service keeps small machines, disks and snapshots in a staging network. They go away by themselves when the cut-over is finalised in the service, and stay for as long as nobody does that. After 90 days of replication the service charges for each source server as well.',
    ja: 'サーバーの移行中、MGNはステージング用のネットワークに小型のサーバーとディスク、スナップショットを維持します。これらはMGN上で切り替えを「確定（Finalize）」すると自動的に削除されますが、確定しない限り残り続けます。レプリケーション開始から90日を過ぎると、移行元サーバーごとの料金も加わります。',
  },
  riskOfActing: {
    en: 'Finalising ends the replication for good: going back to the old data centre with recent data is no longer possible with it, and a second cut-over would start from an empty copy. A server may still be waiting for a later wave.',
    ja: '確定するとレプリケーションは完全に終了し、最新データを使った切り戻しや、再度の切り替えはできなくなります（再開時は最初から複製が必要です）。次のウェーブを待つサーバーが含まれていないか、必ず確認してください。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for this machine alone; its disks, snapshots and the fee for each source server come on top, and a copy of all data lies where nobody looks after it.',
    ja: 'このサーバーだけで毎月{monthlySavings}を払い続けることになります。ディスク、スナップショット、移行元サーバーごとの料金も別途かかり、管理されないデータの複製も残ります。',
  },
  desiredState: {
    en: 'Every server that has moved is finalised and archived in the service, and its staging network is empty.',
    ja: '移行済みのサーバーはすべてMGN上で確定・アーカイブされ、ステージング用のネットワークが空になっている状態です。',
  },
  steps: {
    en: [
      'List the source servers in the Application Migration Service, and which of them this machine serves.',
      'Ask the owner of the wave whether anybody could still want to go back, or to cut over again.',
      'Take a last backup of the source where its data is not kept elsewhere.',
      'Finalise the cut-over of each server that has moved; the service takes its machines and disks away within 90 minutes.',
      'Mark the servers as archived, and look for snapshots and disks with the same tag that stayed.',
    ],
    ja: [
      'MGNの移行元サーバー一覧で、このサーバーがどの移行に使われているかを調べます。',
      'ウェーブの責任者に、切り戻しや再切り替えの可能性が残っていないか確認します。',
      '移行元のデータが他に保管されていない場合は、最終バックアップを取得します。',
      '移行済みのサーバーごとに切り替えを確定します（MGNのサーバーとディスクは90分以内に自動削除されます）。',
      '移行元サーバーをアーカイブし、同じタグのスナップショットやディスクが残っていないか確認します。',
    ],
  },
  undo: {
    en: 'There is none for the replication: install the agent again and let it copy from the beginning. The machines that were launched stay as they are.',
    ja: 'レプリケーションは元に戻せません。必要な場合はエージェントを再導入し、最初から複製します。移行先で起動済みのサーバーには影響しません。',
  },
  terraform: null,
  cloudFormation: null,
  cli: ({ subject }) =>
    lines(
      '# What does the service know of its source servers? Look at lifeCycle and dataReplicationInfo.',
      `aws mgn describe-source-servers --filters '{}'${regionFlag(subject)}`,
      '# The machine in question:',
      `aws ec2 describe-instances --instance-ids ${shellQuote(nameOf(subject))}${regionFlag(subject)}`,
      '# For each server that has moved, after its owner has agreed (this ends its replication for good):',
      '# aws mgn finalize-cutover --source-server-id <s-...>',
    ),
  links: [
    { url: 'https://docs.aws.amazon.com/cli/v1/reference/mgn/finalize-cutover.html', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/goto/WebAPI/mgn/FinalizeCutover', readOn: '2026-11' },
  ],
});
