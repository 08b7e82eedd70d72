import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import { lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';
import type { LambdaFunctionOversizedEvidence } from './lambda-function-oversized.ts';

export const lambdaFunctionOversizedProse = defineProse<LambdaFunctionOversizedEvidence>({
  title: { en: 'Functions have the memory that they need', ja: 'Lambda関数のメモリサイズの見直し' },
  sentence: {
    en: 'This function has {memoryMb} MB and computes for {monthlyCost} a month; Compute Optimizer proposes {targetMemoryMb} MB, about {savingsPercent} % less.',
    ja: 'この関数のメモリは{memoryMb} MBで、実行時間に月額{monthlyCost}が発生しています。Compute Optimizerの推奨は{targetMemoryMb} MBで、約{savingsPercent}%下がる見込みです。',
  },
  background: {
    en: 'A function is paid by memory times duration, and memory also gives CPU. Too much memory is paid for in vain; too little makes the function slow and, past a point, dearer. Compute Optimizer measured {lookbackDays} days and projects the duration with less.',
    ja: 'Lambdaの料金はメモリ×実行時間で決まり、メモリに比例してCPUも割り当てられます。過剰なメモリは無駄になりますが、少なすぎると処理が遅くなり、かえって割高になることもあります。Compute Optimizerは{lookbackDays}日間の実績から、変更後の実行時間を予測しています。',
  },
  riskOfActing: {
    en: 'Rare calls with large inputs may run out of memory or into the time limit. Callers wait a little longer.',
    ja: '入力の大きいまれな呼び出しで、メモリ不足やタイムアウトが起こる可能性があります。応答時間も少し長くなります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for memory that no call uses.',
    ja: '使われていないメモリに毎月{monthlySavings}を払い続けることになります。',
  },
  desiredState: {
    en: 'Memory is chosen by measurement for each function, and looked at again when its work changes.',
    ja: '関数ごとに測定結果に基づいてメモリサイズが選ばれ、処理内容が変わるたびに見直されている状態です。',
  },
  steps: {
    en: [
      'Look at the largest memory use in the logs (Max Memory Used) over a whole business cycle.',
      'Publish a version with {targetMemoryMb} MB and send a tenth of the calls to it (weighted alias).',
      'Compare errors, duration and cost for some days; try a size in between if it is too slow.',
      'Hand over all calls.',
    ],
    ja: [
      '業務の1サイクル分のログで、最大メモリ使用量（Max Memory Used）を確認します。',
      '{targetMemoryMb} MBのバージョンを発行し、エイリアスの重み付けで呼び出しの1割を流します。',
      '数日間エラー、実行時間、料金を比較し、遅すぎる場合は中間のサイズを試します。',
      '問題がなければすべて切り替えます。',
    ],
  },
  undo: {
    en: 'Point the alias back to the version with {memoryMb} MB; it takes effect at once.',
    ja: 'エイリアスを{memoryMb} MBのバージョンに戻します（すぐに反映されます）。',
  },
  terraform: ({ subject, evidence }) =>
    lines(
      `# ${commentText(nameOf(subject))}: only the line that changes.`,
      `resource "aws_lambda_function" "${terraformName(nameOf(subject))}" {`,
      `  memory_size = ${Number(evidence.targetMemoryMb)}`,
      '}',
    ),
  cloudFormation: ({ subject, evidence }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: only the lines that change`,
      '    Type: AWS::Lambda::Function',
      '    Properties:',
      `      MemorySize: ${Number(evidence.targetMemoryMb)}`,
    ),
  cli: ({ subject, evidence }) => {
    const name = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      '# What it has today; keep the answer.',
      `aws lambda get-function-configuration --function-name ${name} --query '[MemorySize,Timeout]'${region}`,
      '# After looking at the logs; then publish a version and give it a tenth of the calls:',
      `# aws lambda update-function-configuration --function-name ${name} --memory-size ${Number(evidence.targetMemoryMb)}${region}`,
    );
  },
  links: [{ url: 'https://docs.aws.amazon.com/compute-optimizer/latest/ug/requirements.html', readOn: '2026-11' }],
});
