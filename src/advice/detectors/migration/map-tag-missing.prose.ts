import { defineProse } from '../../define-prose.ts';
import type { MapTagMissingEvidence } from './map-tag-missing.ts';

export const mapTagMissingProse = defineProse<MapTagMissingEvidence>({
  title: { en: 'What was migrated carries the programme tag', ja: 'MAPタグの付け漏れの解消' },
  sentence: {
    en: '{untaggedCount} resources of {workloads}, which cost {untaggedCost} a month, have no value for the tag "map-migrated", while others of the same workloads have one. What that costs in credits stands in your agreement, so no saving is claimed.',
    ja: '{workloads}のリソースのうち{untaggedCount}件（月額{untaggedCost}）に、タグ「map-migrated」の値がありません。同じワークロードの他のリソースには付いています。失われるクレジットの額は契約によるため、削減額は見込んでいません。',
  },
  background: {
    en: "AWS's Migration Acceleration Program pays credits for spending on what carries its tag. Cost without the tag counts for nothing, and a tag does not reach back: each day without it is lost. The tag has to be activated as a cost allocation tag as well.",
    ja: 'AWSの移行支援プログラム（MAP）では、所定のタグが付いたリソースの利用額に応じてクレジットが付与されます。タグのない費用は対象外で、後から付けても過去にはさかのぼりません。コスト配分タグとしての有効化も必要です。',
  },
  riskOfActing: {
    en: 'Tag only what was migrated under the agreement: AWS checks it, and tagging what is new or was moved earlier breaks its terms. Policies or scripts that read tags may react to a new one.',
    ja: '契約上の移行対象だけにタグを付けてください。新規構築や対象外のリソースに付けると契約違反となるおそれがあります。タグを条件にしたポリシーやスクリプトへの影響も確認してください。',
  },
  riskOfNotActing: {
    en: '{untaggedCost} a month that may earn no credits.',
    ja: '月額{untaggedCost}の利用が、クレジットの対象から漏れている可能性があります。',
  },
  desiredState: {
    en: 'Everything that was migrated under the agreement carries the tag from its first day, by template.',
    ja: '移行対象のリソースすべてに、テンプレートによって初日からタグが付いている状態です。',
  },
  steps: {
    en: [
      'Look up the value and the covered workloads in the agreement.',
      'List the resources without the tag and take out what was not migrated.',
      'Add the tag to the others, and to the templates that make them, disks included.',
      'Check that the tag is active as a cost allocation tag in the payer account.',
    ],
    ja: [
      '契約書で、タグの値と対象のワークロードを確認します。',
      'タグのないリソースの一覧から、移行対象でないものを除きます。',
      '残りのリソースと、それを作成するテンプレート（ディスクを含む）にタグを追加します。',
      '管理アカウントで、コスト配分タグとして有効になっていることを確認します。',
    ],
  },
  undo: {
    en: 'Take the tag away again; cost of the days in between keeps it.',
    ja: 'タグを外せば元に戻ります（付いていた期間の費用には残ります）。',
  },
  terraform: null,
  cloudFormation: null,
  cli: null,
  links: [{ url: 'https://docs.aws.amazon.com/wellarchitected/latest/framework', readOn: '2026-05-20' }],
});
