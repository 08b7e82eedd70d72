import { defineProse } from '../../define-prose.ts';
import type { OtherFamilyEvidence } from '../shared/other-family.ts';
import { resizeCli, resizeCloudFormation, resizeTerraform } from '../shared/resize-snippets.ts';

export const ec2InstanceAmdProse = defineProse<OtherFamilyEvidence>({
  title: { en: 'Instances run on the cheaper x86 processor', ja: 'AMDプロセッサーのEC2タイプへの変更' },
  sentence: {
    en: 'This {instanceType} has an Intel processor and costs {monthlyCost} a month; the same size with AMD, {targetType}, costs {savingsPercent} % less.',
    ja: 'この{instanceType}はIntelプロセッサーで、月額{monthlyCost}です。同じサイズのAMD（{targetType}）なら、料金が{savingsPercent}%下がります。',
  },
  background: {
    en: 'AMD and Intel run the same programs and images; a change of type is all there is to do. In these generations AMD is about a tenth cheaper and, by program, a little slower or as fast. Programs that use AVX-512 need Intel.',
    ja: 'AMDとIntelでは同じプログラムとイメージがそのまま動くため、タイプの変更だけで済みます。この世代ではAMDのほうが1割ほど安く、性能は処理によって同等かやや低くなります。AVX-512を使うプログラムにはIntelが必要です。',
  },
  riskOfActing: {
    en: 'The instance restarts. Work that is at the limit of its processor takes a little longer; licences that name the processor, and clusters whose machines move while running, need the same make everywhere.',
    ja: '変更時に再起動が必要です。CPUを使い切る処理は少し遅くなる可能性があります。プロセッサーを指定するライセンスや、稼働中に仮想マシンを移動するクラスターでは、同じメーカーに揃える必要があります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month more than needed for the same programs.',
    ja: '同じプログラムに対して毎月{monthlySavings}を余分に払うことになります。',
  },
  desiredState: {
    en: 'The make of the processor is a choice by price and measurement, for each kind of work.',
    ja: 'プロセッサーのメーカーが、処理の種類ごとに料金と測定結果に基づいて選ばれている状態です。',
  },
  steps: {
    en: [
      'Ask the owner about licences and libraries that name the processor (AVX-512, Intel MKL).',
      'Take one machine of a group first: stop it, change the type, start it in the agreed window.',
      'Compare response times and CPU over a busy week.',
      'Then change the others.',
    ],
    ja: [
      'プロセッサーを指定するライセンスやライブラリ（AVX-512、Intel MKLなど）の有無を担当者に確認します。',
      'まず1台で、合意した時間帯に停止し、タイプを変更して起動します。',
      '繁忙期を含む1週間、応答時間とCPU使用率を比較します。',
      '問題がなければ残りも変更します。',
    ],
  },
  undo: {
    en: 'Stop, set the type back to {instanceType}, start.',
    ja: '停止してタイプを{instanceType}に戻し、起動します。',
  },
  terraform: ({ subject, evidence }) => resizeTerraform(subject, evidence.targetType),
  cloudFormation: ({ subject, evidence }) => resizeCloudFormation(subject, evidence.targetType),
  cli: ({ subject, evidence }) => resizeCli(subject, evidence.targetType),
  links: [{ url: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resize-limitations.html', readOn: '2026-11' }],
});
