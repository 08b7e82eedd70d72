import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import { DRY_RUN_NOTE, FIND_BLOCK, lines, nameOf, regionFlag } from '../shared/snippets.ts';
import type { PublicIpv4IdleEvidence } from './public-ipv4-idle.ts';

export const publicIpv4IdleProse = defineProse<PublicIpv4IdleEvidence>({
  title: { en: 'Public IPv4 addresses are in use', ja: '未使用パブリックIPv4アドレスの解放' },
  sentence: {
    en: 'AWS billed this address as idle on each of {settledDays} days; it costs {monthlyCost} a month.',
    ja: 'このアドレスは{settledDays}日間毎日「未使用（IdleAddress）」として課金されています。月額{monthlyCost}です。',
  },
  background: {
    en: 'Since February 2024 each public IPv4 address is paid by the hour. An Elastic IP stays with the account after its instance, gateway or load balancer is gone, and is then billed as IdleAddress.',
    ja: '2024年2月以降、パブリックIPv4アドレスはすべて時間単位で課金されます。Elastic IPは、割り当て先のインスタンスやゲートウェイを削除してもアカウントに残り、IdleAddressとして課金され続けます。',
  },
  riskOfActing: {
    en: 'A released address goes back to AWS and to somebody else. If DNS still names it, or a partner has allowed it in a firewall, they then trust a stranger.',
    ja: '解放したアドレスはAWSに戻り、他者に割り当てられます。DNSに残っていたり、取引先のファイアウォールで許可されたままだったりすると、第三者のアドレスを信頼することになります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for each forgotten address; small alone, and they come in dozens.',
    ja: '1アドレスあたり毎月{monthlySavings}の支払いが続きます。1件は少額でも、数十件単位で残っていることがよくあります。',
  },
  desiredState: {
    en: 'Each public address belongs to something that runs, or its reservation has an owner and a reason.',
    ja: 'すべてのパブリックIPアドレスが稼働中のリソースに割り当てられているか、確保の理由と担当者が明確になっている状態です。',
  },
  steps: {
    en: [
      'Look for the address in DNS and ask who allowed it in a firewall.',
      'Take it out of both.',
      'Wait a week, then release it.',
    ],
    ja: [
      'DNSの登録と、取引先などのファイアウォールでの許可状況を確認します。',
      '両方から該当アドレスを外します。',
      '1週間様子を見てから解放します。',
    ],
  },
  undo: {
    en: 'There is none to count on: AWS gives an address back only while nobody else has it.',
    ja: '確実に戻す方法はありません。他者に割り当てられていない場合に限り、再取得できることがあります。',
  },
  terraform: ({ subject }) =>
    lines(
      `${FIND_BLOCK}${commentText(nameOf(subject))}`,
      '# Replace its block by this one (Terraform 1.7 or later).',
      'removed {',
      `  from = aws_eip.${terraformName(nameOf(subject))}`,
      '  lifecycle {',
      '    destroy = true',
      '  }',
      '}',
    ),
  cloudFormation: null,
  cli: ({ subject }) => {
    const name = nameOf(subject);
    const isAllocation = name.startsWith('eipalloc-');
    return lines(
      '# Does anything use it after all?',
      `aws ec2 describe-addresses ${isAllocation ? '--allocation-ids' : '--public-ips'} ${shellQuote(name)}${regionFlag(subject)}`,
      DRY_RUN_NOTE,
      `aws ec2 release-address ${isAllocation ? '--allocation-id' : '--public-ip'} ${shellQuote(name)}${regionFlag(subject)} --dry-run`,
    );
  },
  links: [
    { url: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html', readOn: '2026-11' },
    { url: 'https://aws.amazon.com/blogs/aws/new-aws-public-ipv4-address-charge-public-ip-insights/', readOn: '2026-11' },
  ],
});
