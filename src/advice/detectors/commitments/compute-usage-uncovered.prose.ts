import { defineProse } from '../../define-prose.ts';
import type { ComputeUsageUncoveredEvidence } from './compute-usage-uncovered.ts';

export const computeUsageUncoveredProse = defineProse<ComputeUsageUncoveredEvidence>({
  title: { en: 'Steady compute usage is covered by a commitment', ja: '定常利用へのCompute Savings Plans適用' },
  sentence: {
    en: 'After the other advice, {hourlySteadyCost} an hour of on-demand compute is there nearly all the time; a commitment of {hourlyCommitment} an hour for {tranchePercent} % of it saves about {savingsPercent} %, {yearlySavings} in its year.',
    ja: '他の施策を実施した後も、ほぼ常時、1時間あたり{hourlySteadyCost}のオンデマンド利用が残ります。その{tranchePercent}%に対して1時間あたり{hourlyCommitment}をコミットすると、約{savingsPercent}%、年間{yearlySavings}の削減が見込めます。',
  },
  background: {
    en: "A Compute Savings Plan gives a lower price for an hourly amount promised for a year, on any instance type, size and Region, and on Fargate and Lambda. The size here comes from {settledDays} settled days after idle and oversized machines have been taken off; the hours of {knownByHourPercent} % of that usage are known. Where no hours are known, a low quantile of the days is used, since a day's mean hides its quiet hours; where the rates of Savings Plans could not be read, the price of a convertible reserved instance stands in (1 year, nothing upfront).",
    ja: 'Compute Savings Plansは、1年間の時間あたり利用額を約束する代わりに単価が下がる仕組みで、インスタンスタイプ、サイズ、リージョンを問わず、FargateとLambdaにも適用されます。ここでは、未使用・過大なマシンを除いた確定済み{settledDays}日分の利用から算出しており、そのうち{knownByHourPercent}%は時間別の利用量が分かっています。時間別データがない場合は、日平均では利用の少ない時間が見えないため低めの分位点を採用します。Savings Plansの料率を取得できない場合は、コンバーティブルRI（1年・前払いなし）の料金で代用します。',
  },
  riskOfActing: {
    en: 'The promise cannot be taken back: unused hours are paid all the same. If usage falls below {hourlySteadyCost} an hour (a system is switched off, moved to containers of another kind or to a cheaper type), the saving shrinks and can turn into a loss. That is why only {tranchePercent} % is proposed first.',
    ja: '購入後は取り消せず、使わなかった時間の分も支払いが必要です。システムの停止や構成変更で利用が1時間あたり{hourlySteadyCost}を下回ると、削減額は縮小し、損失になることもあります。そのため、初回は{tranchePercent}%にとどめています。',
  },
  riskOfNotActing: {
    en: 'Usage that is always there goes on at the highest price: {monthlySavings} a month more than needed.',
    ja: '常時発生している利用に最も高い単価を払い続け、毎月{monthlySavings}を余分に負担することになります。',
  },
  desiredState: {
    en: 'Steady usage is covered by commitments bought in steps; coverage and utilization are looked at monthly.',
    ja: '定常利用が段階的に購入したコミットメントでカバーされ、カバー率と使用率を毎月確認している状態です。',
  },
  steps: {
    en: [
      'Decide on the idle and oversized machines first: the commitment is sized on what stays.',
      'Ask the owners for switch-offs and moves planned in the next twelve months, and for plans that expire.',
      'Compare with the Savings Plans recommendation in Cost Explorer for the payer; it knows hours and the exact rate.',
      'Get the approval, and buy in the payer account: Compute, 1 year, no upfront, {hourlyCommitment} an hour. We never buy.',
      'Look at utilization after a week; it can be returned within 7 days in the same month, up to 100 USD an hour.',
      'Look at the next step in three months.',
    ],
    ja: [
      '先に未使用・過大なマシンへの対応を決めます（コミットメントは残る利用を前提に算出します）。',
      '今後12か月の停止・移行予定と、期限を迎える既存プランを確認します。',
      '支払いアカウントのCost ExplorerでSavings Plansの推奨と照合します（時間単位の利用と正確な料率が反映されます）。',
      '承認を得たうえで、支払いアカウントでCompute・1年・前払いなし・1時間あたり{hourlyCommitment}を購入します（本ツールが購入することはありません）。',
      '1週間後に使用率を確認します（1時間あたり100 USD以下のプランは、購入から7日以内かつ同じ月内であれば返却できます）。',
      '3か月後に次の購入分を検討します。',
    ],
  },
  undo: {
    en: 'Within 7 days and the same calendar month: return it (up to 100 USD an hour). After that, none; it ends after its year.',
    ja: '購入から7日以内かつ同じ月内であれば返却できます（1時間あたり100 USD以下）。それ以降は取り消せず、1年後に終了します。',
  },
  terraform: null,
  cloudFormation: null,
  cli: null,
  links: [
    { url: 'https://docs.aws.amazon.com/savingsplans/latest/userguide/what-is-savings-plans.html', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/savingsplans/latest/userguide/return-sp.html', readOn: '2026-11' },
  ],
});
