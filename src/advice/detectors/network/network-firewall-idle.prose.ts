import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import { FIND_BLOCK, lines, nameOf, regionFlag } from '../shared/snippets.ts';
import type { UnusedEvidence } from '../shared/unused.ts';

export const networkFirewallIdleProse = defineProse<UnusedEvidence>({
  title: { en: 'Network firewalls inspect traffic', ja: '通信のないNetwork Firewallの整理' },
  sentence: {
    en: 'This network firewall was paid on each of {settledDays} days and inspected {usePerDay} GB a day; it costs {monthlyCost} a month.',
    ja: 'このNetwork Firewallは{settledDays}日間毎日課金されていますが、検査した通信は1日平均{usePerDay} GBです。月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'AWS Network Firewall is paid by the hour for each Availability Zone with an endpoint. Traffic only passes it where route tables send it there: one that inspects less than {maximumUsePerDay} GB a day protects nothing, either because its networks are empty or because the routes go around it.',
    ja: 'AWS Network Firewallは、エンドポイントを置いたアベイラビリティーゾーンごとに時間課金されます。ルートテーブルで経路を向けた通信だけが検査対象になるため、1日{maximumUsePerDay} GB未満であれば、対象のVPCが空か、通信が迂回しています。',
  },
  riskOfActing: {
    en: 'A firewall without traffic can also be a mistake in the routes: the remedy is then to send the traffic through it, not to delete it. Ask whoever is responsible for security first. NAT gateways behind a firewall may be free of charge today and be billed again without it.',
    ja: '通信がない原因が経路設定の誤りの場合、正しい対処は削除ではなく経路の修正です。必ず先にセキュリティの責任者に確認してください。また、Network Firewallと組み合わせたNATゲートウェイは料金が免除されていることがあり、削除すると課金が始まる可能性があります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for a firewall that inspects nothing, and perhaps a network that people wrongly believe to be protected.',
    ja: '何も検査していないファイアウォールに毎月{monthlySavings}を払い続けることになります。保護されていると誤解されたままのネットワークが残るおそれもあります。',
  },
  desiredState: {
    en: 'Each firewall inspects the traffic that it was bought for; several networks share one where their rules allow it.',
    ja: '各ファイアウォールが目的の通信を検査しており、ルールを共通化できるネットワークでは1つを共用している状態です。',
  },
  steps: {
    en: [
      'Look at the route tables: whether any route leads to its endpoints, and whether one should.',
      'Ask the owner of the network and the person responsible for security.',
      'If traffic should pass it, mend the routes and stop here.',
      'Else export its policy and rule groups, and take its delete protection away.',
      'Delete the firewall after one business cycle; keep the policy, which costs nothing without a firewall.',
    ],
    ja: [
      'ルートテーブルを調べ、このエンドポイントへの経路があるか、本来あるべきかを確認します。',
      'ネットワークの担当者とセキュリティの責任者に確認します。',
      '検査すべき通信がある場合は経路を修正し、ここで終了します。',
      '不要な場合は、ポリシーとルールグループを書き出し、削除保護を解除します。',
      '業務の1サイクルを待ってから削除します（ポリシー自体は費用がかからないため残します）。',
    ],
  },
  undo: {
    en: 'Create a firewall with the policy that was kept, in the same subnets, and point the routes to its new endpoints.',
    ja: '残したポリシーで同じサブネットにファイアウォールを作成し、新しいエンドポイントに経路を向けます。',
  },
  terraform: ({ subject }) =>
    lines(
      `${FIND_BLOCK}${commentText(nameOf(subject))}`,
      '# First ask whoever is responsible for security; then replace its block by this one (Terraform 1.7 or later).',
      'removed {',
      `  from = aws_networkfirewall_firewall.${terraformName(nameOf(subject))}`,
      '  lifecycle {',
      '    destroy = true',
      '  }',
      '}',
    ),
  cloudFormation: null,
  cli: ({ subject }) =>
    lines(
      '# In which subnets does it stand, and with which policy? Keep the answer.',
      `aws network-firewall describe-firewall --firewall-name ${shellQuote(nameOf(subject))}${regionFlag(subject)}`,
    ),
  links: [
    {
      url: 'https://docs.aws.amazon.com/network-firewall/latest/developerguide/vpc-config-route-tables.html',
      readOn: '2026-11',
    },
    { url: 'https://docs.aws.amazon.com/network-firewall/latest/developerguide/firewall-components.html', readOn: '2026-11' },
  ],
});
