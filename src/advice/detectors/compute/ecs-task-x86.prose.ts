import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote } from '../../snippet.ts';
import type { ArmEvidence } from '../shared/arm-price.ts';
import { lines, nameOf, regionFlag } from '../shared/snippets.ts';

export const ecsTaskX86Prose = defineProse<ArmEvidence>({
  title: { en: 'Containers on Fargate run on Graviton', ja: 'FargateタスクのGraviton（arm64）移行' },
  sentence: {
    en: 'This Fargate task runs on x86 for {monthlyCost} a month; on Graviton the same vCPUs and memory cost {savingsPercent} % less.',
    ja: 'このFargateタスクはx86で実行され、月額{monthlyCost}が発生しています。Gravitonなら同じvCPUとメモリの料金が{savingsPercent}%下がります。',
  },
  background: {
    en: 'The task definition names the architecture. An image that is built for both (a manifest list) runs on either; most public base images are. The bill names the task and not its service: whatever holds for one holds for all tasks of the service.',
    ja: 'アーキテクチャーはタスク定義で指定します。両方に対応するイメージ（マルチアーキテクチャ）ならどちらでも動き、公開されている主要なベースイメージは対応済みです。請求データにはタスク単位でしか記録されないため、同じサービスの他のタスクにも当てはまります。',
  },
  riskOfActing: {
    en: 'An image without a build for arm64 does not start, and sidecars (logs, monitoring, service mesh) need one too. A rolling deployment keeps the old tasks until the new ones are healthy.',
    ja: 'arm64版のないイメージは起動しません。ログ、監視、サービスメッシュなどのサイドカーも対応が必要です。ローリングデプロイであれば、新しいタスクが正常になるまで旧タスクが残ります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for each such task more than needed.',
    ja: 'タスクごとに毎月{monthlySavings}を余分に払うことになります。',
  },
  desiredState: {
    en: 'Images are built for both architectures, and tasks run on arm64.',
    ja: 'イメージが両方のアーキテクチャー向けにビルドされ、タスクがarm64で実行されている状態です。',
  },
  steps: {
    en: [
      'Find the service and the task definition of this task, and list its images.',
      'Let the pipeline build each image for linux/amd64 and linux/arm64.',
      'Register a revision of the task definition with ARM64 and run it once as a single task.',
      'Deploy the revision to the service with a rolling update and watch errors and response times.',
    ],
    ja: [
      'このタスクのサービスとタスク定義を特定し、使用イメージを洗い出します。',
      'パイプラインで各イメージをlinux/amd64とlinux/arm64の両方向けにビルドします。',
      'ARM64を指定したタスク定義の新しいリビジョンを登録し、単体のタスクとして一度実行します。',
      'ローリング更新でサービスに適用し、エラーと応答時間を確認します。',
    ],
  },
  undo: {
    en: 'Deploy the former revision of the task definition.',
    ja: '以前のリビジョンのタスク定義を再デプロイします。',
  },
  terraform: null,
  cloudFormation: null,
  cli: ({ subject }) => {
    const cluster = (subject.resourceId ?? '').split('/').at(-2) ?? '';
    const region = regionFlag(subject);
    return lines(
      `# ${commentText(nameOf(subject))}: of which service and task definition is it?`,
      `aws ecs describe-tasks --cluster ${shellQuote(cluster)} --tasks ${shellQuote(nameOf(subject))} --query 'tasks[].[group,taskDefinitionArn]'${region}`,
      '# The revision has runtimePlatform.cpuArchitecture ARM64; after the tests:',
      `# aws ecs update-service --cluster ${shellQuote(cluster)} --service "$service" --task-definition "$arm64_revision"${region}`,
    );
  },
  links: [{ url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-arm-specifying.html', readOn: '2026-11' }],
});
