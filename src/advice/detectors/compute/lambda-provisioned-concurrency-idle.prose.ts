import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote } from '../../snippet.ts';
import { lines, nameOf, regionFlag } from '../shared/snippets.ts';
import type { LambdaProvisionedConcurrencyIdleEvidence } from './lambda-provisioned-concurrency-idle.ts';

export const lambdaProvisionedConcurrencyIdleProse = defineProse<LambdaProvisionedConcurrencyIdleEvidence>({
  title: { en: 'Provisioned concurrency is used', ja: 'Lambdaプロビジョニング済み同時実行の縮小' },
  sentence: {
    en: 'Of the capacity that this function keeps warm, {usedPercent} % did any work in {settledDays} days; it costs {monthlyCost} a month.',
    ja: 'この関数のプロビジョニング済み同時実行は、{settledDays}日間で{usedPercent}%しか使われていません。月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'Provisioned concurrency keeps execution environments ready and is paid for as long as it is set, called or not. It pays off for steady traffic that cannot wait; set for a launch or a load test, it stays when the launch is over.',
    ja: 'プロビジョニング済み同時実行は、実行環境を準備した状態で保つ機能で、呼び出しの有無にかかわらず設定中は課金されます。待ち時間を許容できない安定したトラフィック向けですが、リリース時や負荷試験のために設定され、そのまま残ることがよくあります。',
  },
  riskOfActing: {
    en: 'Without it the first call after a pause takes longer, by some hundred milliseconds up to seconds. Callers with short time limits may fail.',
    ja: '解除すると、しばらく呼び出しがない後の初回実行に数百ミリ秒から数秒余分にかかります。タイムアウトの短い呼び出し元では失敗する可能性があります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for environments that wait for calls.',
    ja: '呼び出しを待つだけの実行環境に毎月{monthlySavings}を払い続けることになります。',
  },
  desiredState: {
    en: 'Provisioned concurrency is set only where starting takes too long, follows the traffic by a schedule or by utilisation, and is seldom below 60 % used.',
    ja: '起動時間が問題になる関数にだけ設定され、スケジュールや使用率に応じて増減し、使用率がおおむね60%以上に保たれている状態です。',
  },
  steps: {
    en: [
      'Ask the owner which caller cannot wait for a start, and how long it may take.',
      'Write down aliases and the number that is set for each.',
      'Lower the number to 1 for a week and watch the duration of the slowest calls (p99).',
      'Then delete the setting, or replace it by scaling on a schedule for the busy hours.',
    ],
    ja: [
      '起動時間を許容できない呼び出し元と、その許容時間を担当者に確認します。',
      'エイリアスごとの設定値を控えます。',
      '設定値を1に減らして1週間、遅い呼び出しの実行時間（p99）を確認します。',
      '問題がなければ設定を削除するか、混雑時間帯だけのスケジュール設定に置き換えます。',
    ],
  },
  undo: {
    en: 'Set the number again; the environments are warm after some minutes.',
    ja: '元の値を再設定します。数分で準備が完了します。',
  },
  terraform: ({ subject }) =>
    lines(
      `# ${commentText(nameOf(subject))}: the address is printed by: terraform state list | grep aws_lambda_provisioned_concurrency_config`,
      '# First set it to 1 and watch; then replace the block by this one (Terraform 1.7 or later).',
      'removed {',
      '  from = aws_lambda_provisioned_concurrency_config.address_printed_above',
      '  lifecycle {',
      '    destroy = true',
      '  }',
      '}',
    ),
  cloudFormation: null,
  cli: ({ subject }) => {
    const name = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      '# Which aliases and versions keep how much warm?',
      `aws lambda list-provisioned-concurrency-configs --function-name ${name}${region}`,
      '# With the alias from that answer, first lower, then delete:',
      `# aws lambda put-provisioned-concurrency-config --function-name ${name} --qualifier "$alias" --provisioned-concurrent-executions 1${region}`,
      `# aws lambda delete-provisioned-concurrency-config --function-name ${name} --qualifier "$alias"${region}`,
    );
  },
  links: [{ url: 'https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html', readOn: '2026-11' }],
});
