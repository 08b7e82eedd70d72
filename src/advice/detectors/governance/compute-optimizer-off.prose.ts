import { defineProse } from '../../define-prose.ts';
import type { ComputeOptimizerOffEvidence } from './compute-optimizer-off.ts';

export const computeOptimizerOffProse = defineProse<ComputeOptimizerOffEvidence>({
  title: { en: 'Compute Optimizer measures every account', ja: 'Compute Optimizerの有効化' },
  sentence: {
    en: 'Compute Optimizer is switched off for this account, so that nothing measures what {accountCost} a month are used for. This advice has no saving of its own; it makes other advice possible.',
    ja: 'このアカウントではCompute Optimizerが有効になっておらず、月額{accountCost}の利用状況が測定されていません。この推奨事項自体に削減額はなく、他の推奨事項を出すための前提となります。',
  },
  background: {
    en: 'Compute Optimizer looks at what instances, disks, databases, functions and gateways really use. Its basic use is free of charge. Without it nobody can tell from the bill whether a machine is idle or too large, and the advice of Cost Optimization Hub stays nearly empty too.',
    ja: 'Compute Optimizerは、インスタンス、ディスク、データベース、関数、ゲートウェイの実際の使用状況を分析します。基本機能は無料です。有効にしないと、サーバーの遊休や過大を請求データから判断できず、Cost Optimization Hubの推奨事項もほとんど出ません。',
  },
  riskOfActing: {
    en: 'It only reads CloudWatch metrics and changes nothing. A paid option looks back three months instead of two weeks: leave it off unless you want it.',
    ja: 'CloudWatchのメトリクスを読み取るだけで、環境は変更されません。参照期間を2週間から3か月に延ばす有料オプションがあるため、不要であれば無効のままにしてください。',
  },
  riskOfNotActing: {
    en: 'Of {accountCost} a month nobody knows how much is idle or oversized.',
    ja: '月額{accountCost}のうち、遊休や過大なリソースがどれだけあるか分からないままになります。',
  },
  desiredState: {
    en: 'Compute Optimizer is switched on in the payer account for all member accounts, present and future.',
    ja: '管理アカウントで、現在と将来のすべてのメンバーアカウントを対象にCompute Optimizerが有効になっている状態です。',
  },
  steps: {
    en: [
      'Open Compute Optimizer in the payer account and opt in for all accounts of the organisation.',
      'Leave enhanced infrastructure metrics off unless their price has been agreed.',
      'Wait a day for the first answers, two weeks for all of them, and sync again.',
    ],
    ja: [
      '管理アカウントでCompute Optimizerを開き、組織の全アカウントを対象に有効化します。',
      '拡張インフラストラクチャメトリクス（有料）は、費用の合意がなければ無効のままにします。',
      '最初の結果が出るまで1日、出そろうまで2週間ほど待ってから、再度同期します。',
    ],
  },
  undo: {
    en: 'Opt out again in the same place; its findings are deleted.',
    ja: '同じ画面で無効に戻せます（分析結果は削除されます）。',
  },
  terraform: null,
  cloudFormation: null,
  cli: null,
  links: [{ url: 'https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-idle-recommendations.html', readOn: '2026-11' }],
});
