import { defineProse } from '../../define-prose.ts';
import type { SpendJumpEvidence } from './spend-jump.ts';

export const spendJumpProse = defineProse<SpendJumpEvidence>({
  title: { en: 'A jump in cost is explained', ja: '費用が急増したサービスの原因確認' },
  sentence: {
    en: 'In the last four weeks this account paid {costNow} a month for {services}, {riseCost} more than in the four weeks before ({costBefore}). No saving is claimed before somebody knows why.',
    ja: '直近4週間のこのアカウントの{services}の費用は月額換算で{costNow}となり、その前の4週間（{costBefore}）から{riseCost}増えています。原因が分かるまで削減額は見込みません。',
  },
  background: {
    en: 'Both spans are four whole weeks, so neither the length of months nor weekends play a part, and each service is looked at by itself: a rise is seen even where another service fell by as much. Growth, a test left running, a log level or a changed schedule are the usual causes.',
    ja: '比較はともに4週間単位のため、月の日数や週末の影響を受けません。サービスごとに見るため、他のサービスの減少で打ち消された増加も検出できます。事業の成長のほか、テストの停止忘れ、ログレベルの変更、スケジュールの変更がよくある原因です。',
  },
  riskOfActing: {
    en: 'The rise may be wanted: a campaign, a new system, a wave of the migration. Ask before you switch anything off.',
    ja: 'キャンペーン、新システム、移行ウェーブなど、意図した増加の可能性があります。何かを止める前に必ず確認してください。',
  },
  riskOfNotActing: {
    en: '{riseCost} more a month, every month, if it is a mistake.',
    ja: '誤りが原因であれば、毎月{riseCost}を余分に払い続けることになります。',
  },
  desiredState: {
    en: 'Whoever owns the account knows the cause of each jump within days.',
    ja: '費用が急増したとき、アカウントの責任者が数日以内に原因を把握できる状態です。',
  },
  steps: {
    en: [
      'Look at the days on which the service rose, by usage type and by resource.',
      'Ask the owner of what rose whether it was wanted.',
      'If it was, write it into the plan; if not, follow the advice on the resource.',
    ],
    ja: [
      'サービスの費用が増えた日を、使用タイプ別・リソース別に確認します。',
      '増えたリソースの担当者に、意図した増加かどうか確認します。',
      '意図したものは計画に反映し、そうでないものはリソースの推奨事項に沿って対処します。',
    ],
  },
  undo: {
    en: 'Nothing is changed by looking.',
    ja: '確認だけで、環境は変更されません。',
  },
  terraform: null,
  cloudFormation: null,
  cli: null,
  links: [{ url: 'https://docs.aws.amazon.com/wellarchitected/latest/framework', readOn: '2026-05-20' }],
});
