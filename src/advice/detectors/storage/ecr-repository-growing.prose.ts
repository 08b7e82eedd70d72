import { defineProse } from '../../define-prose.ts';
import { commentText, hclString, shellQuote, terraformName, yamlString } from '../../snippet.ts';
import { repositoryName } from '../shared/repository.ts';
import { lines, logicalId, regionFlag } from '../shared/snippets.ts';
import type { EndlessEvidence } from '../shared/stored.ts';

export const ecrRepositoryGrowingProse = defineProse<EndlessEvidence>({
  title: { en: 'Repositories keep the images that are needed', ja: 'ECRのライフサイクルポリシー設定' },
  sentence: {
    en: 'This repository holds {storedGigabytes} GB, about {heldDays} days of images, and has only grown; it costs {monthlyCost} a month.',
    ja: 'このリポジトリは増え続けて{storedGigabytes} GB（約{heldDays}日分のイメージ）に達しており、月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'Each build pushes an image, and without a lifecycle policy none is ever deleted. It grew by {growthPerDayGigabytes} GB a day without ever shrinking. With the images of {keptDays} days it would cost {monthlySavings} less.',
    ja: 'ビルドのたびにイメージが追加され、ライフサイクルポリシーがなければ削除されません。1日に{growthPerDayGigabytes} GBずつ増え、一度も減っていません。{keptDays}日分に絞ると、月額{monthlySavings}下がります。',
  },
  riskOfActing: {
    en: 'An image that still runs somewhere but was pushed long ago is deleted too, and the next start of the container fails. Rolling back further than the policy keeps is no longer possible.',
    ja: '古くても稼働中のイメージが削除されると、次回のコンテナ起動に失敗します。ポリシーで残した範囲より前のバージョンには戻せなくなります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month, and more each month; old images with known holes stay ready to start.',
    ja: '毎月{monthlySavings}の支払いが続き、金額は増えていきます。脆弱性のある古いイメージが残り続けることもリスクです。',
  },
  desiredState: {
    en: 'Each repository has a lifecycle policy: images without a tag go after days, the last releases stay whatever their age.',
    ja: 'すべてのリポジトリにライフサイクルポリシーがあり、タグのないイメージは数日で削除され、直近のリリースは日数にかかわらず残る状態です。',
  },
  steps: {
    en: [
      'List the images that run anywhere (ECS, EKS, Lambda, other accounts), and how releases are tagged.',
      'Write a policy that keeps the last releases by number and deletes images without a tag after {keptDays} days.',
      'Look at its preview: it lists what it would delete.',
      'Put the policy into force and set it for new repositories too.',
    ],
    ja: [
      '稼働中のイメージ（ECS、EKS、Lambda、他のアカウント）と、リリースのタグの付け方を確認します。',
      '直近のリリースを個数で残し、タグのないイメージを{keptDays}日で削除するポリシーを作成します。',
      'プレビューで、削除対象のイメージを確認します。',
      'ポリシーを適用し、新しいリポジトリにも既定で設定します。',
    ],
  },
  undo: {
    en: 'The policy can be taken away; deleted images have to be built again.',
    ja: 'ポリシーは外せますが、削除されたイメージは再度ビルドする必要があります。',
  },
  terraform: ({ subject, evidence }) => {
    const name = repositoryName(subject);
    return lines(
      `# ${commentText(name)}: images without a tag go; add a rule that keeps your releases before you widen it.`,
      `resource "aws_ecr_lifecycle_policy" "${terraformName(name)}" {`,
      `  repository = ${hclString(name)}`,
      '  policy = jsonencode({',
      '    rules = [{',
      '      rulePriority = 1',
      '      selection = {',
      '        tagStatus   = "untagged"',
      '        countType   = "sinceImagePushed"',
      '        countUnit   = "days"',
      `        countNumber = ${evidence.keptDays}`,
      '      }',
      '      action = { type = "expire" }',
      '    }]',
      '  })',
      '}',
    );
  },
  cloudFormation: ({ subject, evidence }) => {
    const name = repositoryName(subject);
    return lines(
      'Resources:',
      `  ${logicalId(name)}:`,
      '    Type: AWS::ECR::Repository',
      '    Properties:',
      `      RepositoryName: ${yamlString(name)}`,
      '      LifecyclePolicy: # only this is new',
      `        LifecyclePolicyText: '${policyText(evidence.keptDays)}'`,
    );
  },
  cli: ({ subject, evidence }) => {
    const name = shellQuote(repositoryName(subject));
    const region = regionFlag(subject);
    return lines(
      '# Only a preview: lists what the policy would delete.',
      `aws ecr start-lifecycle-policy-preview --repository-name ${name} --lifecycle-policy-text ${shellQuote(policyText(evidence.keptDays))}${region}`,
      `aws ecr get-lifecycle-policy-preview --repository-name ${name}${region}`,
      '# When it lists nothing that runs:',
      `# aws ecr put-lifecycle-policy --repository-name ${name} --lifecycle-policy-text ${shellQuote(policyText(evidence.keptDays))}${region}`,
    );
  },
  links: [
    { url: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/lp_creation.html', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_examples.html', readOn: '2026-11' },
  ],
});

function policyText(keptDays: number): string {
  const selection = { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: keptDays };
  return JSON.stringify({ rules: [{ rulePriority: 1, selection, action: { type: 'expire' } }] });
}
