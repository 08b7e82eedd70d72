import { defineProse } from '../../define-prose.ts';
import { commentText, hclString, shellQuote, terraformName, yamlString } from '../../snippet.ts';
import { logGroupName } from '../shared/log-group.ts';
import { lines, logicalId, regionFlag } from '../shared/snippets.ts';
import type { LogGroupInfrequentAccessEvidence } from './log-group-infrequent-access.ts';

export const logGroupInfrequentAccessProse = defineProse<LogGroupInfrequentAccessEvidence>({
  title: { en: 'Logs that few people search are in the cheaper class', ja: 'ログクラス（低頻度アクセス）の利用' },
  sentence: {
    en: 'This log group takes in {gigabytesPerDay} GB a day in the Standard class for {monthlyCost} a month; the Infrequent Access class charges {savingsPercent} % less for it.',
    ja: 'このロググループは標準クラスで1日{gigabytesPerDay} GBを取り込んでおり、取り込み料金は月額{monthlyCost}です。低頻度アクセスクラスでは料金が{savingsPercent}%下がります。',
  },
  background: {
    en: 'Taking logs in is what CloudWatch Logs costs most. The Infrequent Access class can be searched with Logs Insights as before, but has no metric filters, subscription filters, live tail and export to S3. The class of a log group is chosen when it is created and cannot be changed.',
    ja: 'CloudWatch Logsでは、ログの取り込みが費用の大半を占めます。低頻度アクセスクラスでもLogs Insightsで検索できますが、メトリクスフィルター、サブスクリプションフィルター、Live Tail、S3へのエクスポートは利用できません。クラスはロググループの作成時に決まり、後から変更できません。',
  },
  riskOfActing: {
    en: 'Alarms on metric filters and forwarding by subscription filters stop silently when the logs go to a group of the other class. What was logged before stays in the old group.',
    ja: '出力先を切り替えると、メトリクスフィルターによるアラームやサブスクリプションフィルターによる転送が、気付かないうちに止まるおそれがあります。過去のログは元のロググループに残ります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for features that nobody may use.',
    ja: '使われていない可能性がある機能のために、毎月{monthlySavings}を払い続けることになります。',
  },
  desiredState: {
    en: 'Logs that feed alarms are in the Standard class; logs that are only searched after an incident are in the other; debug output is not logged at all.',
    ja: 'アラームに使うログは標準クラス、障害時に検索するだけのログは低頻度アクセスクラスに置かれ、デバッグ出力は取り込まれていない状態です。',
  },
  steps: {
    en: [
      'List the metric filters and subscription filters of the log group; if there are any, leave it in the Standard class.',
      'Ask the owner whether all of it has to be logged: a higher log level saves more than another class.',
      'Create a second log group of the Infrequent Access class, with a retention.',
      'Let the application log there, beside the old group for some days if in doubt.',
      'Delete the old log group once its retention has emptied it.',
    ],
    ja: [
      'メトリクスフィルターとサブスクリプションフィルターを確認します（使用している場合は標準クラスのままとします）。',
      'すべての出力が必要か担当者に確認します（ログレベルの見直しの方が効果が大きい場合があります）。',
      '低頻度アクセスクラスのロググループを、保持期間を設定して新たに作成します。',
      'アプリケーションの出力先を切り替えます（不安がある場合は、数日間は両方に出力します）。',
      '保持期間の経過後、空になった元のロググループを削除します。',
    ],
  },
  undo: {
    en: 'Let the application log to the old group again, which is still there.',
    ja: '出力先を元のロググループに戻します（元のロググループは残っています）。',
  },
  terraform: ({ subject }) => {
    const name = `${logGroupName(subject)}-ia`;
    return lines(
      `# A second log group beside ${commentText(logGroupName(subject))}; the class cannot be changed afterwards.`,
      `resource "aws_cloudwatch_log_group" "${terraformName(name)}" {`,
      `  name              = ${hclString(name)}`,
      '  log_group_class   = "INFREQUENT_ACCESS"',
      '  retention_in_days = 90',
      '}',
    );
  },
  cloudFormation: ({ subject }) => {
    const name = `${logGroupName(subject)}-ia`;
    return lines(
      'Resources:',
      `  ${logicalId(name)}: # beside ${commentText(logGroupName(subject))}`,
      '    Type: AWS::Logs::LogGroup',
      '    Properties:',
      `      LogGroupName: ${yamlString(name)}`,
      '      LogGroupClass: INFREQUENT_ACCESS',
      '      RetentionInDays: 90',
    );
  },
  cli: ({ subject }) => {
    const name = logGroupName(subject);
    const region = regionFlag(subject);
    return lines(
      '# Both must be empty, or the log group needs the Standard class:',
      `aws logs describe-metric-filters --log-group-name ${shellQuote(name)}${region}`,
      `aws logs describe-subscription-filters --log-group-name ${shellQuote(name)}${region}`,
      '# Then, and with the retention that was agreed:',
      `# aws logs create-log-group --log-group-name ${shellQuote(`${name}-ia`)} --log-group-class INFREQUENT_ACCESS${region}`,
    );
  },
  links: [
    { url: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData_Classes.html', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_billing.html', readOn: '2026-11' },
  ],
});
