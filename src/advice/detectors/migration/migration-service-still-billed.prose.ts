import { defineProse } from '../../define-prose.ts';
import type { MigrationServiceStillBilledEvidence } from './migration-service-still-billed.ts';

export const migrationServiceStillBilledProse = defineProse<MigrationServiceStillBilledEvidence>({
  title: { en: 'Migration services end with the migration', ja: '移行完了後に残る移行サービスの停止' },
  sentence: {
    en: 'This account still pays for {services}, {daysSinceCutOver} days after the cut-over of its last wave "{wave}" ({cutOver}): {monthlyCost} a month.',
    ja: 'このアカウントでは、最後のウェーブ「{wave}」の切り替え（{cutOver}）から{daysSinceCutOver}日たった今も、{services}に月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'Application Migration Service charges for each source server after 90 days of replication, DataSync for each GB that a schedule copies, Storage Gateway for what is written through it. They run on their own, so nobody notices that the move is over.',
    ja: 'Application Migration Serviceはレプリケーション開始から90日を過ぎると移行元サーバーごと、DataSyncはスケジュールで転送したデータ量、Storage Gatewayは書き込み量などに応じて課金されます。いずれも自動で動き続けるため、移行が終わっても気付かれにくいサービスです。',
  },
  riskOfActing: {
    en: 'DataSync and Storage Gateway are often kept on purpose, to feed a file share or to hold backups of a branch. Switching off the wrong task leaves old files where people expect new ones.',
    ja: 'DataSyncやStorage Gatewayは、ファイル共有や拠点のバックアップのために継続利用していることがあります。必要なタスクを止めると、利用者が古いファイルを参照し続けるおそれがあります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month, and copies of data that nobody looks after any more.',
    ja: '毎月{monthlySavings}を払い続けることになります。管理されないデータの複製も増え続けます。',
  },
  desiredState: {
    en: 'After the last cut-over only transfers with an owner and a purpose go on.',
    ja: '最後の切り替え後は、担当者と目的が明確な転送だけが動いている状態です。',
  },
  steps: {
    en: [
      'List source servers, tasks and gateways of these services in the account, in every region.',
      'Ask the owner of each what it is for now.',
      'Disable schedules and stop replication of what has no owner; nothing is deleted by that.',
      'Wait one business cycle, then finalise, delete or archive it.',
    ],
    ja: [
      '全リージョンで、これらのサービスの移行元サーバー、タスク、ゲートウェイを一覧にします。',
      'それぞれの現在の目的を担当者に確認します。',
      '担当者のいないものはスケジュールとレプリケーションを停止します（この時点では何も削除しません）。',
      '業務の1サイクルを待ってから、確定・削除・アーカイブします。',
    ],
  },
  undo: {
    en: 'Enable the schedule again; what was finalised or deleted has to be set up anew and copies from the beginning.',
    ja: 'スケジュールを再度有効にします。確定・削除したものは再設定が必要で、最初から転送し直します。',
  },
  terraform: null,
  cloudFormation: null,
  cli: null,
  links: [
    { url: 'https://docs.aws.amazon.com/cli/v1/reference/mgn/finalize-cutover.html', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/goto/WebAPI/mgn/FinalizeCutover', readOn: '2026-11' },
  ],
});
