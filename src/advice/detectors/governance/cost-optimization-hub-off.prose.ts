import { defineProse } from '../../define-prose.ts';
import type { CostOptimizationHubOffEvidence } from './cost-optimization-hub-off.ts';

export const costOptimizationHubOffProse = defineProse<CostOptimizationHubOffEvidence>({
  title: { en: "AWS's own advice is collected in one place", ja: 'Cost Optimization Hubの有効化' },
  sentence: {
    en: 'Cost Optimization Hub is switched off for this payer, whose accounts cost {groupCost} a month. This advice has no saving of its own.',
    ja: 'この管理アカウント（配下の費用は月額{groupCost}）では、Cost Optimization Hubが有効になっていません。この推奨事項自体に削減額はありません。',
  },
  background: {
    en: 'The Hub collects the advice of AWS for all accounts and regions, counts overlapping savings once and takes your own discounts into account. It is free of charge. Without it there is no second opinion to hold these figures against.',
    ja: 'Cost Optimization Hubは、全アカウント・全リージョンのAWSの推奨事項を集約し、重複する削減額を除いたうえで、契約上の割引も反映して表示します。利用は無料です。有効にしないと、当サービスの試算と照らし合わせるAWS側の数字が得られません。',
  },
  riskOfActing: {
    en: 'It only reads. Choose in its settings whether savings are estimated after your discounts, or its figures look larger than the bill can fall.',
    ja: '読み取りだけで、環境は変更されません。削減額に割引を反映する設定を選ばないと、実際より大きな金額が表示される点にご注意ください。',
  },
  riskOfNotActing: {
    en: '{groupCost} a month without the second opinion that AWS gives away.',
    ja: '月額{groupCost}の費用について、AWSが無料で提供する分析を利用しないままになります。',
  },
  desiredState: {
    en: 'The Hub is switched on in the payer account, member accounts included, and estimates savings after discounts.',
    ja: '管理アカウントでメンバーアカウントを含めて有効化され、割引反映後の削減額が表示される状態です。',
  },
  steps: {
    en: [
      'Open Billing and Cost Management in the payer account, then Cost Optimization Hub, and enable it with member accounts.',
      'Set the estimate to "after discounts" in its preferences.',
      'Wait a day and sync again.',
    ],
    ja: [
      '管理アカウントの「請求とコスト管理」でCost Optimization Hubを開き、メンバーアカウントを含めて有効化します。',
      '設定で、割引適用後の見積もりを選択します。',
      '1日待ってから、再度同期します。',
    ],
  },
  undo: {
    en: 'Disable it in the same place; its list is deleted.',
    ja: '同じ画面で無効に戻せます（一覧は削除されます）。',
  },
  terraform: null,
  cloudFormation: null,
  cli: null,
  links: [{ url: 'https://docs.aws.amazon.com/cost-management/latest/userguide/doc-history.md', readOn: '2026-11' }],
});
