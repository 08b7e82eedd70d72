import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import type { ArmEvidence } from '../shared/arm-price.ts';
import { lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';

export const lambdaFunctionX86Prose = defineProse<ArmEvidence>({
  title: { en: 'Functions run on Graviton', ja: 'Lambda関数のGraviton（arm64）移行' },
  sentence: {
    en: 'This function computes on x86 for {monthlyCost} a month; on Graviton the same time costs {savingsPercent} % less.',
    ja: 'この関数はx86で実行され、実行時間に月額{monthlyCost}が発生しています。Gravitonなら同じ実行時間の料金が{savingsPercent}%下がります。',
  },
  background: {
    en: 'The architecture of a function is one setting. Code in Python, Node.js, Java or Ruby mostly runs as it is; layers, compiled extensions and container images have to be built for arm64. Functions were created on x86 before Graviton came, and templates kept it.',
    ja: '関数のアーキテクチャーは設定一つで変更できます。Python、Node.js、Java、Rubyのコードはほぼそのまま動きますが、レイヤー、ネイティブ拡張、コンテナイメージはarm64向けのビルドが必要です。Graviton提供前に作成された関数や、古いテンプレートではx86のままになっています。',
  },
  riskOfActing: {
    en: 'A layer, an extension of a vendor or a compiled library that exists for x86 alone makes the function fail at its first call. Durations change a little either way.',
    ja: 'x86版しかないレイヤー、ベンダーの拡張機能、ネイティブライブラリがあると、初回の呼び出しで失敗します。実行時間は多少前後します。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month more than the same calls would cost.',
    ja: '同じ呼び出しに対して毎月{monthlySavings}を余分に払うことになります。',
  },
  desiredState: {
    en: 'Functions are built for arm64 unless something they need does not exist for it.',
    ja: '必要な部品が対応していない場合を除き、すべての関数がarm64で実行されている状態です。',
  },
  steps: {
    en: [
      'List its layers, extensions and compiled packages, and ask whether each exists for arm64.',
      'Publish the code for arm64 as a new version; the alias keeps on pointing at the old one.',
      'Send a tenth of the calls to the new version (weighted alias) and compare errors and duration for some days.',
      'Hand over all calls.',
    ],
    ja: [
      'レイヤー、拡張機能、ネイティブパッケージを洗い出し、arm64版の有無を確認します。',
      'arm64で新しいバージョンを発行します（エイリアスは旧バージョンを指したままにします）。',
      'エイリアスの重み付けで呼び出しの1割を新バージョンに流し、数日間エラーと実行時間を比較します。',
      '問題がなければすべて切り替えます。',
    ],
  },
  undo: {
    en: 'Point the alias back to the old version; it takes effect at once.',
    ja: 'エイリアスを旧バージョンに戻します（すぐに反映されます）。',
  },
  terraform: ({ subject }) =>
    lines(
      `# ${commentText(nameOf(subject))}: only the line that changes. Package and layers must be for arm64.`,
      `resource "aws_lambda_function" "${terraformName(nameOf(subject))}" {`,
      '  architectures = ["arm64"]',
      '}',
    ),
  cloudFormation: ({ subject }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: only the lines that change`,
      '    Type: AWS::Lambda::Function',
      '    Properties:',
      '      Architectures: [arm64]',
    ),
  cli: ({ subject }) => {
    const name = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      '# What is it made of?',
      `aws lambda get-function-configuration --function-name ${name} --query '[Runtime,PackageType,Architectures,Layers[].Arn]'${region}`,
      '# After the tests, with the package for arm64; --publish makes a version that an alias can point to:',
      `# aws lambda update-function-code --function-name ${name} --architectures arm64 --zip-file fileb://package-arm64.zip --publish${region}`,
    );
  },
  links: [{ url: 'https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html', readOn: '2026-11' }],
});
