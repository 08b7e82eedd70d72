import { defineProse } from '../../define-prose.ts';
import type { AnomalyMonitorMissingEvidence } from './anomaly-monitor-missing.ts';

export const anomalyMonitorMissingProse = defineProse<AnomalyMonitorMissingEvidence>({
  title: { en: 'Unexpected cost is noticed within days', ja: 'コスト異常検出モニターの作成' },
  sentence: {
    en: "AWS's anomaly detection has no monitor in this payer account, whose accounts cost {groupCost} a month. This advice has no saving of its own.",
    ja: 'この管理アカウント（配下の費用は月額{groupCost}）には、AWSのコスト異常検出モニターがありません。この推奨事項自体に削減額はありません。',
  },
  background: {
    en: 'Cost Anomaly Detection learns what each service usually costs and reports what does not fit, with its likely cause. It is free of charge, and one monitor for all AWS services is enough to begin with. Budgets do not replace it: they tell of a total, at the end of a month.',
    ja: 'Cost Anomaly Detectionは、サービスごとの通常の費用を学習し、外れた動きを推定原因とともに通知します。利用は無料で、まずは全AWSサービスを対象とするモニター1つで十分です。予算アラートは合計額しか見ないため、代わりにはなりません。',
  },
  riskOfActing: {
    en: 'With a low threshold it sends many messages, and people stop reading them: begin with the amount that somebody would really look into.',
    ja: 'しきい値が低いと通知が多くなり、読まれなくなります。実際に調査する金額から始めてください。',
  },
  riskOfNotActing: {
    en: 'A mistake in {groupCost} a month is seen when the invoice comes, up to a month later.',
    ja: '月額{groupCost}の中の異常に、最長で1か月後の請求書まで気付けないことになります。',
  },
  desiredState: {
    en: 'One monitor watches all services, and its messages reach somebody who can act.',
    ja: '全サービスを対象とするモニターがあり、対処できる担当者に通知が届く状態です。',
  },
  steps: {
    en: [
      'Open Cost Anomaly Detection in the payer account and create a monitor for all AWS services.',
      'Add a subscription with an amount, to an address that is read on working days.',
      'After two weeks raise or lower the amount by what it reported.',
    ],
    ja: [
      '管理アカウントでCost Anomaly Detectionを開き、AWSサービス全体のモニターを作成します。',
      '営業日に確認される宛先に、金額のしきい値を付けて通知を登録します。',
      '2週間後に、通知の内容を見てしきい値を調整します。',
    ],
  },
  undo: {
    en: 'Delete the monitor; nothing else depends on it.',
    ja: 'モニターを削除すれば元に戻ります（他への影響はありません）。',
  },
  terraform: null,
  cloudFormation: null,
  cli: null,
  links: [{ url: 'https://docs.aws.amazon.com/cost-management/latest/userguide/doc-history.md', readOn: '2026-11' }],
});
