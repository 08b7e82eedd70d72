import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import { DRY_RUN_NOTE, FIND_BLOCK, lines, nameOf, regionFlag } from '../shared/snippets.ts';
import type { UnusedEvidence } from '../shared/unused.ts';

export const vpcEndpointIdleProse = defineProse<UnusedEvidence>({
  title: { en: 'Interface endpoints carry traffic', ja: '未使用VPCエンドポイントの削除' },
  sentence: {
    en: 'This VPC endpoint was paid on each of {settledDays} days and carried {usePerDay} GB a day; it costs {monthlyCost} a month.',
    ja: 'このVPCエンドポイントは{settledDays}日間毎日課金されていますが、通信量は1日平均{usePerDay} GBです。月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'An interface endpoint is paid by the hour in each Availability Zone that it stands in, used or not. Less than {maximumUsePerDay} GB a day is what probes leave. Endpoints come in sets from templates, one for each service that somebody might call, and stay when nobody does.',
    ja: 'インターフェイス型エンドポイントは、配置したアベイラビリティーゾーンごとに、利用の有無にかかわらず時間課金されます。1日{maximumUsePerDay} GB未満は監視通信程度の量です。テンプレートでサービスごとに一括作成され、使われないまま残ることがよくあります。',
  },
  riskOfActing: {
    en: 'In a subnet without a way to the internet this endpoint is the only way to its service: a yearly job or a disaster recovery test may need it. With private DNS, calls go to the public address once it is gone.',
    ja: 'インターネットへの経路がないサブネットでは、このエンドポイントが該当サービスへの唯一の経路です。年次処理や災害対策訓練で必要になる可能性があります。プライベートDNSを使っている場合、削除後は通信がパブリックのアドレスに向かいます。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for an endpoint that nothing goes through.',
    ja: '通信のないエンドポイントに毎月{monthlySavings}を払い続けることになります。',
  },
  desiredState: {
    en: 'Each interface endpoint is used, and stands only in the zones that use it; S3 and DynamoDB are reached through gateway endpoints, which cost nothing.',
    ja: '使われているエンドポイントだけが、必要なアベイラビリティーゾーンにのみ配置され、S3とDynamoDBには無料のゲートウェイ型エンドポイントを使っている状態です。',
  },
  steps: {
    en: [
      'Look up which service it leads to and who owns the VPC; ask whether a rare job or a recovery plan calls that service from there.',
      'Write down its subnets, security groups, policy and private DNS setting.',
      'Take its security group rules away and wait one business cycle: this stops traffic and can be undone in seconds.',
      'Delete the endpoint.',
    ],
    ja: [
      '接続先のサービスとVPCの担当者を調べ、まれな処理や災害対策でこの経路を使わないことを確認します。',
      'サブネット、セキュリティグループ、ポリシー、プライベートDNSの設定を控えます。',
      'セキュリティグループの許可ルールを外し、業務の1サイクルを待ちます（通信だけが止まり、すぐに戻せます）。',
      'エンドポイントを削除します。',
    ],
  },
  undo: {
    en: 'Put the security group rules back; after deletion create an endpoint for the same service with the settings written down (its own DNS names differ).',
    ja: 'セキュリティグループのルールを元に戻します。削除後は、控えた設定で同じサービスのエンドポイントを作成します（エンドポイント固有のDNS名は変わります）。',
  },
  terraform: ({ subject }) =>
    lines(
      `${FIND_BLOCK}${commentText(nameOf(subject))}`,
      '# First take its security group rules away and wait; then replace its block by this one (Terraform 1.7 or later).',
      'removed {',
      `  from = aws_vpc_endpoint.${terraformName(nameOf(subject))}`,
      '  lifecycle {',
      '    destroy = true',
      '  }',
      '}',
    ),
  cloudFormation: null,
  cli: ({ subject }) =>
    lines(
      '# What is it for, and how is it set up? Keep the answer.',
      `aws ec2 describe-vpc-endpoints --vpc-endpoint-ids ${shellQuote(nameOf(subject))}${regionFlag(subject)}`,
      DRY_RUN_NOTE,
      `aws ec2 delete-vpc-endpoints --vpc-endpoint-ids ${shellQuote(nameOf(subject))}${regionFlag(subject)} --dry-run`,
    ),
  links: [
    { url: 'https://aws.amazon.com/privatelink/pricing/', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/vpc/latest/privatelink/delete-interface-endpoint.html', readOn: '2026-11' },
  ],
});
