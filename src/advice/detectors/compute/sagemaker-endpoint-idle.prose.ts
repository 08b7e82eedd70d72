import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import type { AwsIdleEvidence } from '../shared/aws-idle.ts';
import { FIND_BLOCK, lines, nameOf, regionFlag } from '../shared/snippets.ts';

export const sagemakerEndpointIdleProse = defineProse<AwsIdleEvidence>({
  title: { en: 'Inference endpoints are called', ja: '未使用SageMakerエンドポイントの削除' },
  sentence: {
    en: 'Compute Optimizer saw no call of this endpoint in {lookbackDays} days; its instances cost {monthlyCost} a month.',
    ja: 'Compute Optimizerによると、このエンドポイントは{lookbackDays}日間呼び出されていません。インスタンスに月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'A real-time endpoint keeps its instances running for as long as it exists, called or not. Endpoints of experiments and of earlier model versions stay behind, since deleting the model or the notebook does not delete them.',
    ja: 'リアルタイム推論のエンドポイントは、呼び出しの有無にかかわらず、存在する間はインスタンスが起動し続けます。検証用や旧バージョンのエンドポイントは、モデルやノートブックを削除しても残るため、削除漏れがよく起こります。',
  },
  riskOfActing: {
    en: 'A yearly forecast or a fallback path may call it seldom; whoever calls a deleted endpoint gets an error. Model and endpoint configuration are kept unless they are deleted too.',
    ja: '年次の予測処理や代替経路などでまれに呼び出される場合、削除後はエラーになります。モデルとエンドポイント設定は、別途削除しない限り残ります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for instances that wait for calls.',
    ja: '呼び出しを待つだけのインスタンスに毎月{monthlySavings}を払い続けることになります。',
  },
  desiredState: {
    en: 'Endpoints that exist are called; rare calls go through serverless or asynchronous inference, which scale down to nothing.',
    ja: '呼び出されているエンドポイントだけが残り、まれな推論にはゼロまで縮小できるサーバーレス推論や非同期推論を使っている状態です。',
  },
  steps: {
    en: [
      'Ask the owner of the model who calls the endpoint, and how often.',
      'Keep the name of its endpoint configuration: with it the endpoint can be created again.',
      'If rare calls remain: create a serverless endpoint from the same model and point the caller to it.',
      'Delete the endpoint; keep the configuration and the model.',
    ],
    ja: [
      '呼び出し元と頻度をモデルの担当者に確認します。',
      'エンドポイント設定の名前を控えます（この設定から再作成できます）。',
      'まれな呼び出しが残る場合は、同じモデルでサーバーレス推論のエンドポイントを作成し、呼び出し先を切り替えます。',
      'エンドポイントを削除します（エンドポイント設定とモデルは残します）。',
    ],
  },
  undo: {
    en: 'Create the endpoint again from the kept configuration, under the same name; it answers after some minutes.',
    ja: '残したエンドポイント設定から同じ名前で再作成します。数分で応答できるようになります。',
  },
  terraform: ({ subject }) =>
    lines(
      `${FIND_BLOCK}${commentText(nameOf(subject))}`,
      '# Replace its block by this one (Terraform 1.7 or later); keep the configuration and the model.',
      'removed {',
      `  from = aws_sagemaker_endpoint.${terraformName(nameOf(subject))}`,
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
      '# Keep the name of its configuration.',
      `aws sagemaker describe-endpoint --endpoint-name ${name} --query EndpointConfigName --output text${region}`,
      '# When its owner has agreed:',
      `# aws sagemaker delete-endpoint --endpoint-name ${name}${region}`,
    );
  },
  links: [{ url: 'https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-idle-recommendations.html', readOn: '2026-11' }],
});
