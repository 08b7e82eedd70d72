import { defineProse } from '../../define-prose.ts';
import type { CostAllocationTagInactiveEvidence } from './cost-allocation-tag-inactive.ts';

export const costAllocationTagInactiveProse = defineProse<CostAllocationTagInactiveEvidence>({
  title: { en: 'The bill carries the tags that people set', ja: 'コスト配分タグの有効化' },
  sentence: {
    en: '{tagKeyCount} tag keys that stand on resources are not active as cost allocation tags: {tagKeys}. The {groupCost} a month of this payer cannot be told apart by them. This advice has no saving of its own.',
    ja: 'リソースに付いているタグキーのうち{tagKeyCount}件（{tagKeys}）が、コスト配分タグとして有効になっていません。この管理アカウントの月額{groupCost}を、これらのタグで分けて見ることができません。この推奨事項自体に削減額はありません。',
  },
  background: {
    en: 'A tag on a resource reaches the bill only once its key is active in the payer account. Cost of earlier days does not carry it unless a backfill is asked for, which goes back twelve months. Activation is free of charge.',
    ja: 'リソースのタグは、管理アカウントでコスト配分タグとして有効にして初めて請求データに反映されます。有効化以前の費用には反映されませんが、バックフィルを依頼すれば過去12か月分までさかのぼれます。有効化は無料です。',
  },
  riskOfActing: {
    en: 'Tags show up in reports that many people read: look for personal or confidential text in their values first. Reports and files grow by a column for each key.',
    ja: 'タグの値は多くの人が見るレポートに表示されます。個人情報や機密情報が含まれていないか、先に確認してください。レポートやファイルには、キーごとに列が増えます。',
  },
  riskOfNotActing: {
    en: 'Nobody can say who causes which part of {groupCost} a month, and each further day is lost for such questions.',
    ja: '月額{groupCost}の内訳を担当者別に説明できず、有効にするまでの期間の費用は分けられないままになります。',
  },
  desiredState: {
    en: 'Every key that cost is asked by is active from the day on which it is used first.',
    ja: '費用の集計に使うタグキーが、使い始めた日からすべて有効になっている状態です。',
  },
  steps: {
    en: [
      'Decide which of these keys cost shall be told apart by, and look through their values.',
      'Activate them under Billing and Cost Management, Cost allocation tags, in the payer account.',
      'Wait a day, then ask for a backfill if earlier months matter.',
      'Sync again.',
    ],
    ja: [
      'このうち費用の集計に使うキーを決め、値の内容を確認します。',
      '管理アカウントの「請求とコスト管理」の「コスト配分タグ」で有効化します。',
      '1日待ち、過去の月も必要であればバックフィルを依頼します。',
      '再度同期します。',
    ],
  },
  undo: {
    en: 'Deactivate the key in the same place; cost of the days in between keeps it.',
    ja: '同じ画面で無効に戻せます（有効だった期間の費用には残ります）。',
  },
  terraform: null,
  cloudFormation: null,
  cli: null,
  links: [{ url: 'https://docs.aws.amazon.com/wellarchitected/latest/framework', readOn: '2026-05-20' }],
});
