import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import type { AwsIdleEvidence } from '../shared/aws-idle.ts';
import { lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';

export const dynamodbTableIdleProse = defineProse<AwsIdleEvidence>({
  title: { en: 'Tables with capacity are asked', ja: '未使用DynamoDBテーブルのオンデマンド化' },
  sentence: {
    en: 'Nothing was read from or written to this table in {lookbackDays} days; its provisioned capacity costs {monthlyCost} a month.',
    ja: 'このテーブルには直近{lookbackDays}日間、読み書きがありません。プロビジョニングした容量に月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'Provisioned capacity is paid by the hour, used or not. In on-demand mode a table without requests costs nothing but its storage, and it answers at once when somebody comes back.',
    ja: 'プロビジョニングした容量は、利用の有無にかかわらず時間単位で課金されます。オンデマンドモードであれば、リクエストのないテーブルにかかるのはストレージ料金だけで、再び利用されたときもすぐに応答できます。',
  },
  riskOfActing: {
    en: 'The data stays and nothing stops. If a heavy job comes back, each request costs more than with provisioned capacity; auto scaling settings of the table are lost with the change.',
    ja: 'データは残り、停止も発生しません。大量の処理が再開した場合は、リクエスト単価がプロビジョニング時より高くなります。変更すると、テーブルのオートスケーリングの設定は失われます。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for capacity that nothing uses.',
    ja: '使われていない容量に毎月{monthlySavings}を払い続けることになります。',
  },
  desiredState: {
    en: 'Tables with steady requests have provisioned capacity, all others are on demand, and tables that nobody needs are gone.',
    ja: '定常的なリクエストのあるテーブルだけがプロビジョニング、それ以外はオンデマンドとなり、不要なテーブルは削除されている状態です。',
  },
  steps: {
    en: [
      'Write down the capacity and the auto scaling settings of the table and its indexes.',
      'Change the table to on-demand mode; this works while it is in use.',
      'Ask the owner whether the data is still needed; if not, take a backup or export it to S3 and delete the table.',
    ],
    ja: [
      'テーブルとインデックスの容量およびオートスケーリングの設定を控えます。',
      'テーブルをオンデマンドモードに変更します（利用中でも変更できます）。',
      'データの要否を担当者に確認し、不要であればバックアップまたはS3へのエクスポートを行ったうえで削除します。',
    ],
  },
  undo: {
    en: 'Change the table back to provisioned mode with the capacity written down; AWS limits how often the mode is changed in a day.',
    ja: '控えた容量でプロビジョニングモードに戻します（1日に変更できる回数には制限があります）。',
  },
  terraform: ({ subject }) =>
    lines(
      `# ${commentText(nameOf(subject))}: only the line that changes; take read_capacity, write_capacity and the auto scaling resources away.`,
      `resource "aws_dynamodb_table" "${terraformName(nameOf(subject))}" {`,
      '  billing_mode = "PAY_PER_REQUEST"',
      '}',
    ),
  cloudFormation: ({ subject }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: only the line that changes; take ProvisionedThroughput away`,
      '    Type: AWS::DynamoDB::Table',
      '    Properties:',
      '      BillingMode: PAY_PER_REQUEST',
    ),
  cli: ({ subject }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      '# How it is set up. Keep the answer.',
      `aws dynamodb describe-table --table-name ${id}${region}`,
      '# Then:',
      `# aws dynamodb update-table --table-name ${id} --billing-mode PAY_PER_REQUEST${region}`,
    );
  },
  links: [
    { url: 'https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-idle-recommendations.html', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-understanding-billing.html', readOn: '2026-11' },
  ],
});
