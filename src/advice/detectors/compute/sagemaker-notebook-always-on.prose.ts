import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import { lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';
import type { SagemakerNotebookAlwaysOnEvidence } from './sagemaker-notebook-always-on.ts';

export const sagemakerNotebookAlwaysOnProse = defineProse<SagemakerNotebookAlwaysOnEvidence>({
  title: { en: 'Notebooks run while people work in them', ja: 'SageMakerノートブックの夜間・休日停止' },
  sentence: {
    en: 'This notebook ({instanceType}) runs {runningHoursPerWeek} hours a week, while people work {workingHoursPerWeek}; it costs {monthlyCost} a month.',
    ja: 'このノートブック（{instanceType}）は週{runningHoursPerWeek}時間稼働していますが、業務時間は週{workingHoursPerWeek}時間です。月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'A notebook instance is paid by the hour from start to stop, whether a cell runs or not. Closing the browser does not stop it. When it is stopped, its disk with all notebooks stays.',
    ja: 'ノートブックインスタンスは、セルの実行の有無にかかわらず、起動から停止まで時間課金されます。ブラウザーを閉じても停止しません。停止しても、ノートブックを保存したディスクは残ります。',
  },
  riskOfActing: {
    en: 'A long training that runs in the notebook overnight is cut off, and what is in memory or outside the folder /home/ec2-user/SageMaker is lost.',
    ja: '夜間に長時間の学習をノートブック上で実行している場合は中断されます。メモリ上のデータや、/home/ec2-user/SageMaker以外に保存したファイルは失われます。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for nights and weekends in which nobody works in it.',
    ja: '誰も作業しない夜間と休日に毎月{monthlySavings}を払い続けることになります。',
  },
  desiredState: {
    en: 'Notebooks stop by themselves when they are idle; long computations are training jobs, which end by themselves.',
    ja: 'ノートブックはアイドル時に自動停止し、長時間の計算は終了すると課金も止まる学習ジョブで行っている状態です。',
  },
  steps: {
    en: [
      'Ask its user whether computations run overnight, and move those to a training job.',
      'Save files into the folder that is kept when the instance stops.',
      'Stop the notebook once in the evening and start it in the morning: nothing is deleted.',
      'Then attach a lifecycle configuration that stops it after an hour of idleness.',
    ],
    ja: [
      '夜間に実行する計算の有無を利用者に確認し、あれば学習ジョブに移します。',
      '停止しても残るフォルダーにファイルを保存します。',
      '夕方に一度停止し、翌朝に起動してみます（何も削除されません）。',
      '問題がなければ、1時間のアイドルで自動停止するライフサイクル設定を適用します。',
    ],
  },
  undo: {
    en: 'Start the notebook; after some minutes it is there with the same disk. Take the lifecycle configuration away again.',
    ja: 'ノートブックを起動すれば、数分で同じディスクのまま使えます。ライフサイクル設定は解除できます。',
  },
  terraform: ({ subject }) =>
    lines(
      `# ${commentText(nameOf(subject))}: only the line that changes. The configuration stops it after an idle hour.`,
      `resource "aws_sagemaker_notebook_instance" "${terraformName(nameOf(subject))}" {`,
      '  lifecycle_config_name = var.stop_when_idle_configuration',
      '}',
    ),
  cloudFormation: ({ subject }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: only the lines that change`,
      '    Type: AWS::SageMaker::NotebookInstance',
      '    Properties:',
      '      LifecycleConfigName: !Ref StopWhenIdleConfiguration',
    ),
  cli: ({ subject }) => {
    const name = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      '# Whose is it, and what runs in it?',
      `aws sagemaker describe-notebook-instance --notebook-instance-name ${name}${region}`,
      '# In the evening, when its user has agreed; the disk is kept:',
      `# aws sagemaker stop-notebook-instance --notebook-instance-name ${name}${region}`,
    );
  },
  links: [{ url: 'https://docs.aws.amazon.com/sagemaker/latest/dg/API_StopNotebookInstance.html', readOn: '2026-11' }],
});
