import { defineProse } from '../../define-prose.ts';
import { commentText, hclString, shellQuote, terraformName, yamlString } from '../../snippet.ts';
import { logGroupName } from '../shared/log-group.ts';
import { lines, logicalId, regionFlag } from '../shared/snippets.ts';
import type { EndlessEvidence } from '../shared/stored.ts';

export const logGroupRetentionMissingProse = defineProse<EndlessEvidence>({
  title: { en: 'Logs are kept as long as they are needed', ja: 'ロググループの保持期間の設定' },
  sentence: {
    en: 'This log group holds {storedGigabytes} GB, about {heldDays} days of logs, and has only grown; storing them costs {monthlyCost} a month.',
    ja: 'このロググループは増え続けて{storedGigabytes} GB（約{heldDays}日分）に達しており、保管料金が月額{monthlyCost}発生しています。',
  },
  background: {
    en: 'CloudWatch Logs keeps everything for ever unless a retention is set, and services that create log groups set none. It grew by {growthPerDayGigabytes} GB a day without ever shrinking, so nothing is deleted. Kept for {keptDays} days, it would cost {monthlySavings} less.',
    ja: 'CloudWatch Logsは、保持期間を設定しない限りログを無期限に保管します。サービスが自動作成したロググループには設定がありません。1日に{growthPerDayGigabytes} GBずつ増え、一度も減っていないため、削除は行われていません。保持期間を{keptDays}日にすると、月額{monthlySavings}下がります。',
  },
  riskOfActing: {
    en: 'Logs older than the retention are deleted within days and cannot be brought back. Laws, contracts and audits may ask for years of access or audit logs.',
    ja: '保持期間を過ぎたログは数日以内に削除され、元に戻せません。アクセスログや監査ログは、法令、契約、監査により年単位の保管が必要な場合があります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month, and more each month; personal data in logs stays longer than it may.',
    ja: '毎月{monthlySavings}の支払いが続き、金額は増えていきます。ログ中の個人情報が必要以上に長く残ることもリスクです。',
  },
  desiredState: {
    en: 'Each log group has a retention that fits its purpose; what must be kept for years lies in S3, in an archive class.',
    ja: 'すべてのロググループに用途に応じた保持期間が設定され、長期保管分はS3のアーカイブクラスに置かれている状態です。',
  },
  steps: {
    en: [
      'Ask the owner and whoever answers for audits how long these logs must be kept.',
      'Export what must be kept longer to S3, with a lifecycle rule to an archive class.',
      'Set the retention to {keptDays} days, or to what was agreed.',
      'Set it in IaC too, and a default for new log groups by a rule of AWS Config or of your pipeline.',
    ],
    ja: [
      'ログの必要な保管期間を、担当者と監査の責任者に確認します。',
      '長期保管が必要な分をS3にエクスポートし、ライフサイクルルールでアーカイブクラスに移します。',
      '保持期間を{keptDays}日（または合意した日数）に設定します。',
      'IaCにも設定し、新しいロググループにはAWS Configやデプロイの仕組みで既定値を適用します。',
    ],
  },
  undo: {
    en: 'The retention can be taken away again; logs that it deleted are gone, unless they were exported.',
    ja: '保持期間の設定は解除できますが、削除されたログはエクスポートしていない限り元に戻せません。',
  },
  terraform: ({ subject, evidence }) => {
    const name = logGroupName(subject);
    return lines(
      `# ${commentText(name)}: only the line that changes. Terraform allows the values that CloudWatch knows (365, 400, 545, 731, ...).`,
      `resource "aws_cloudwatch_log_group" "${terraformName(name)}" {`,
      `  name              = ${hclString(name)}`,
      `  retention_in_days = ${evidence.keptDays}`,
      '}',
    );
  },
  cloudFormation: ({ subject, evidence }) => {
    const name = logGroupName(subject);
    return lines(
      'Resources:',
      `  ${logicalId(name)}:`,
      '    Type: AWS::Logs::LogGroup',
      '    Properties:',
      `      LogGroupName: ${yamlString(name)}`,
      `      RetentionInDays: ${evidence.keptDays} # only this line changes`,
    );
  },
  cli: ({ subject, evidence }) => {
    const name = logGroupName(subject);
    const region = regionFlag(subject);
    return lines(
      '# Is a retention set? No answer for retentionInDays means that nothing is ever deleted.',
      `aws logs describe-log-groups --log-group-name-prefix ${shellQuote(name)} --query 'logGroups[].[logGroupName,retentionInDays,storedBytes]'${region}`,
      '# Deletes what is older, and cannot be undone. After the owner has agreed:',
      `# aws logs put-retention-policy --log-group-name ${shellQuote(name)} --retention-in-days ${evidence.keptDays}${region}`,
    );
  },
  links: [{ url: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_billing.html', readOn: '2026-11' }],
});
