import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import { lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';
import type { DynamodbStandardInfrequentAccessEvidence } from './dynamodb-standard-infrequent-access.ts';

export const dynamodbStandardInfrequentAccessProse = defineProse<DynamodbStandardInfrequentAccessEvidence>({
  title: { en: 'Tables that mostly store are Standard-IA', ja: 'DynamoDBテーブルクラスの見直し（標準-IA）' },
  sentence: {
    en: 'This table costs {storageMonthlyCost} a month for {storageGb} GB of data and {throughputMonthlyCost} for requests; in the class Standard-IA both together cost {savingsPercent} % less.',
    ja: 'このテーブルは、データ{storageGb} GBの保管に月額{storageMonthlyCost}、リクエストに月額{throughputMonthlyCost}かかっています。テーブルクラスを標準-IAにすると、合計で{savingsPercent}%下がります。',
  },
  background: {
    en: 'Standard-IA stores a GB for about 60 % less and bills each request about 25 % higher, with the same latency and durability. It pays where storage is a large part of the bill of a table. The saving here has the dearer requests taken off.',
    ja: '標準-IAは、GB単価が約60%安く、リクエスト単価が約25%高いテーブルクラスで、レイテンシーや耐久性は同じです。保管料金の割合が大きいテーブルに向いています。この削減見込額は、リクエスト料金の増加分を差し引いた金額です。',
  },
  riskOfActing: {
    en: 'Nothing stops. The class can be changed twice in 30 days at most, so a table whose requests rise seasonally may be in the wrong class for a while. Reserved capacity does not apply to Standard-IA.',
    ja: '停止は発生しません。クラスの変更は30日間に2回までのため、季節によってリクエストが増えるテーブルでは、一時的に割高になることがあります。リザーブドキャパシティは標準-IAには適用されません。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month more than needed for the same table.',
    ja: '同じテーブルに毎月{monthlySavings}を余分に払い続けることになります。',
  },
  desiredState: {
    en: 'Each table is in the class that is cheaper for its storage and requests, looked at twice a year.',
    ja: '各テーブルが、保管量とリクエスト量に対して安いほうのクラスになっており、半年ごとに見直されている状態です。',
  },
  steps: {
    en: [
      'Ask the owner whether a season or a batch will bring many more requests in the coming months.',
      'Change the table class; it happens in the background while the table is in use.',
      'Compare storage and requests on the bill after a month.',
    ],
    ja: [
      '今後数か月で、季節要因やバッチによりリクエストが大きく増える予定がないか担当者に確認します。',
      'テーブルクラスを変更します（利用中にバックグラウンドで行われます）。',
      '1か月後に、請求の保管料金とリクエスト料金を比較します。',
    ],
  },
  undo: {
    en: 'Change the class back to Standard; two changes in 30 days are allowed.',
    ja: 'テーブルクラスを標準に戻します（変更は30日間に2回までです）。',
  },
  terraform: ({ subject }) =>
    lines(
      `# ${commentText(nameOf(subject))}: only the line that changes.`,
      `resource "aws_dynamodb_table" "${terraformName(nameOf(subject))}" {`,
      '  table_class = "STANDARD_INFREQUENT_ACCESS"',
      '}',
    ),
  cloudFormation: ({ subject }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: only the line that changes`,
      '    Type: AWS::DynamoDB::Table',
      '    Properties:',
      '      TableClass: STANDARD_INFREQUENT_ACCESS',
    ),
  cli: ({ subject }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      `aws dynamodb describe-table --table-name ${id} --query 'Table.TableClassSummary'${region}`,
      '# Then:',
      `# aws dynamodb update-table --table-name ${id} --table-class STANDARD_INFREQUENT_ACCESS${region}`,
    );
  },
  links: [
    {
      url: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.tableclasses.html',
      readOn: '2026-11',
    },
    { url: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-understanding-billing.html', readOn: '2026-11' },
  ],
});
