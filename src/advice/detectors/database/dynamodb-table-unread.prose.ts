import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import { FIND_BLOCK, lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';
import type { UnusedEvidence } from '../shared/unused.ts';

export const dynamodbTableUnreadProse = defineProse<UnusedEvidence>({
  title: { en: 'Tables are read or archived', ja: '未使用DynamoDBテーブルのアーカイブ' },
  sentence: {
    en: 'This table was billed on each of {settledDays} days and got {usePerDay} request units a day; its data costs {monthlyCost} a month.',
    ja: 'このテーブルは{settledDays}日間毎日課金されていますが、リクエストは1日平均{usePerDay}単位です。データの保管に月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'On-demand tables bill each read and write, so the bill itself shows that nothing asks this one. Data in DynamoDB is made for answers within milliseconds; the same data as an export in S3 costs a small part of it.',
    ja: 'オンデマンドのテーブルは読み書きのたびに課金されるため、アクセスがないことが請求から分かります。DynamoDBはミリ秒で応答するための保管先で、S3にエクスポートすれば同じデータをはるかに安く保管できます。',
  },
  riskOfActing: {
    en: 'A yearly job, an audit or another account may need the data. A restored table gets back its data, not its streams, alarms and auto scaling.',
    ja: '年次処理や監査、別アカウントからの参照で必要になる可能性があります。復元できるのはデータで、ストリーム、アラーム、オートスケーリングの設定は復元されません。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for data that nobody reads, and a copy of it that has to be protected.',
    ja: '参照されないデータに毎月{monthlySavings}を払い続け、保護すべきデータも残り続けます。',
  },
  desiredState: {
    en: 'Tables hold what applications ask for; what is only kept lies in S3 or in a backup, with an end date.',
    ja: 'テーブルには利用中のデータだけがあり、保管だけが目的のデータは期限付きでS3やバックアップに置かれている状態です。',
  },
  steps: {
    en: [
      'Look at ConsumedReadCapacityUnits and ConsumedWriteCapacityUnits of the last months in CloudWatch.',
      'Ask the owner how long the data must be kept, and whether a rare job reads it.',
      'Export the table to S3 (needs point-in-time recovery) or take an on-demand backup.',
      'Restore it once under another name if the data matters.',
      'Delete the table.',
    ],
    ja: [
      'CloudWatchで、過去数か月のConsumedReadCapacityUnitsとConsumedWriteCapacityUnitsを確認します。',
      'データの保管期限と、まれに参照する処理の有無を担当者に確認します。',
      'テーブルをS3にエクスポートする（ポイントインタイムリカバリが必要）か、オンデマンドバックアップを取得します。',
      '重要なデータの場合は、別名で一度復元できることを確認します。',
      'テーブルを削除します。',
    ],
  },
  undo: {
    en: 'Restore the backup, or import the export, under the same name.',
    ja: 'バックアップから復元するか、エクスポートしたデータを同じ名前でインポートします。',
  },
  terraform: ({ subject }) =>
    lines(
      `${FIND_BLOCK}${commentText(nameOf(subject))}`,
      '# After the backup: replace its block by this one (Terraform 1.7 or later).',
      'removed {',
      `  from = aws_dynamodb_table.${terraformName(nameOf(subject))}`,
      '  lifecycle {',
      '    destroy = true',
      '  }',
      '}',
    ),
  cloudFormation: ({ subject }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: keeps the table when the resource leaves the template; delete it by hand after the backup`,
      '    Type: AWS::DynamoDB::Table',
      '    DeletionPolicy: Retain',
    ),
  cli: ({ subject }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      `aws dynamodb create-backup --table-name ${id} --backup-name ${shellQuote(`${nameOf(subject)}-final`)}${region}`,
      '# When the owner agrees and the backup is there:',
      `# aws dynamodb delete-table --table-name ${id}${region}`,
    );
  },
  links: [
    { url: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-understanding-billing.html', readOn: '2026-11' },
  ],
});
