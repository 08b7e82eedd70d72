import { defineProse } from '../../define-prose.ts';
import type { UnplannedServiceEvidence } from './unplanned-service.ts';

export const unplannedServiceProse = defineProse<UnplannedServiceEvidence>({
  title: { en: 'What is paid for is in the plan', ja: '計画にないサービスの確認' },
  sentence: {
    en: 'This account pays {monthlyCost} a month for services that no line of the plan is for: {services}; its last wave "{wave}" was cut over {daysSinceCutOver} days ago.',
    ja: 'このアカウントでは、計画のどの明細にもないサービス（{services}）に月額{monthlyCost}が発生しています。最後のウェーブ「{wave}」の切り替えから{daysSinceCutOver}日が経過しています。',
  },
  background: {
    en: 'Estimates cover servers, disks and databases, and forget what comes with them: logs and metrics, public addresses and endpoints, transfer, key management. None of this is wrong, but nobody decided on it, so nobody keeps it small.',
    ja: '見積もりはサーバー、ディスク、データベースが中心で、ログやメトリクス、パブリックIPアドレス、エンドポイント、通信、鍵管理などの付随費用が漏れがちです。これらは必要な費用であることも多いものの、意思決定されていないため管理されません。',
  },
  riskOfActing: {
    en: 'Most such services are there for a reason, often security or operation: take none away because it is not in a plan. Decide, and correct the plan where it was wrong.',
    ja: '多くはセキュリティや運用のために必要なサービスです。計画にないという理由だけで止めないでください。要否を判断し、計画に誤りがあれば計画側を直すことが目的です。',
  },
  riskOfNotActing: {
    en: '{monthlyCost} a month without an owner, and a budget that is exceeded each month for the same reason.',
    ja: '責任者のいない費用が毎月{monthlyCost}発生し、同じ理由で毎月予算を超過し続けることになります。',
  },
  desiredState: {
    en: 'Each service of the account has a line in the plan, with an owner and an amount.',
    ja: 'アカウントで使うすべてのサービスが、責任者と金額とともに計画に載っている状態です。',
  },
  steps: {
    en: [
      'Show the list to the owner of the workload and ask what each service is for.',
      'Switch off what nobody needs, by the advice on its resources.',
      'Add a line with an amount to the plan for what stays, and import it as a new version.',
      'Look at the difference between plan and actual again after the next month has closed.',
    ],
    ja: [
      '一覧をワークロードの責任者に示し、各サービスの目的を確認します。',
      '不要なものは、リソースごとの推奨事項に沿って止めます。',
      '残すものは金額とともに計画に追加し、新しい版として取り込みます。',
      '翌月の締め後に、計画と実績の差異を再度確認します。',
    ],
  },
  undo: {
    en: 'A new version of the plan is imported; earlier versions are kept.',
    ja: '計画を新しい版として取り込み直します。以前の版は保存されています。',
  },
  terraform: null,
  cloudFormation: null,
  cli: null,
  links: [{ url: 'https://docs.aws.amazon.com/wellarchitected/latest/framework', readOn: '2026-05-20' }],
});
