import { defineProse } from '../../define-prose.ts';
import { commentText, shellQuote, terraformName } from '../../snippet.ts';
import { DRY_RUN_NOTE, FIND_BLOCK, lines, nameOf, regionFlag } from '../shared/snippets.ts';
import type { UnusedEvidence } from '../shared/unused.ts';

export const clientVpnEndpointIdleProse = defineProse<UnusedEvidence>({
  title: { en: 'Client VPN endpoints have users', ja: '未使用クライアントVPNエンドポイントの整理' },
  sentence: {
    en: 'This Client VPN endpoint was paid on each of {settledDays} days, with {usePerDay} hours of connections a day; it costs {monthlyCost} a month.',
    ja: 'このクライアントVPNエンドポイントは{settledDays}日間毎日課金されていますが、接続時間は1日平均{usePerDay}時間です。月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'An endpoint is paid by the hour for each subnet that is associated with it, whether or not anybody connects; connections are paid on top. Endpoints made for a project, a supplier or a time of working from home stay when their users have moved on.',
    ja: 'クライアントVPNは、関連付けたサブネットごとに、接続の有無にかかわらず時間課金されます（接続時間は別料金です）。プロジェクトや委託先向け、在宅勤務用に作成され、利用者がいなくなった後も残りがちです。',
  },
  riskOfActing: {
    en: 'It may be the way in for an emergency: a pandemic, a closed office, an on-call engineer. Clients hold a configuration file with its address, which a new endpoint does not have.',
    ja: '非常時（出社できない場合や夜間の障害対応など）の接続手段になっている可能性があります。エンドポイントを作り直すと接続先の名前が変わり、利用者に設定ファイルを配り直す必要があります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for a door that nobody uses, and one more door into the network to guard.',
    ja: '利用者のいない入口に毎月{monthlySavings}を払い続けることになります。管理すべき社内への入口も1つ余分に残ります。',
  },
  desiredState: {
    en: 'Each endpoint has users; one for emergencies keeps its configuration and is associated with a subnet only when it is needed.',
    ja: '利用者のいるエンドポイントだけがサブネットに関連付けられ、非常用のものは設定だけを残して必要時に関連付ける状態です。',
  },
  steps: {
    en: [
      'Ask who may connect over it, and whether an emergency plan names it.',
      'Take its subnet associations away and keep the endpoint: the hours stop, its configuration and its address stay.',
      'Wait one business cycle.',
      'Delete the endpoint, its authorisation rules and certificates, if nobody missed it; else leave it without associations.',
    ],
    ja: [
      '接続を許可している利用者を調べ、緊急時の手順書に載っていないか確認します。',
      'サブネットの関連付けだけを外し、エンドポイントは残します（時間課金は止まり、設定と接続先は残ります）。',
      '業務の1サイクルを待ちます。',
      '問題がなければ、エンドポイントと承認ルール、証明書を削除します。非常用であれば関連付けを外したまま残します。',
    ],
  },
  undo: {
    en: 'Associate the subnets again: it takes minutes and clients keep their files. After deletion a new endpoint is needed, and a new file for each client.',
    ja: 'サブネットを再度関連付けます（数分で、利用者の設定はそのまま使えます）。削除後は、エンドポイントの再作成と設定ファイルの再配布が必要です。',
  },
  terraform: ({ subject }) =>
    lines(
      `${FIND_BLOCK}${commentText(nameOf(subject))}`,
      '# Stops the hours and keeps the endpoint: replace the block of each association by this one (Terraform 1.7 or later).',
      'removed {',
      `  from = aws_ec2_client_vpn_network_association.${terraformName(nameOf(subject))}`,
      '  lifecycle {',
      '    destroy = true',
      '  }',
      '}',
    ),
  cloudFormation: null,
  cli: ({ subject }) =>
    lines(
      '# Which subnets is it associated with? Keep the answer; each is paid by the hour.',
      `aws ec2 describe-client-vpn-target-networks --client-vpn-endpoint-id ${shellQuote(nameOf(subject))}${regionFlag(subject)}`,
      '# When did somebody connect last?',
      `aws ec2 describe-client-vpn-connections --client-vpn-endpoint-id ${shellQuote(nameOf(subject))}${regionFlag(subject)}`,
      DRY_RUN_NOTE,
      `aws ec2 delete-client-vpn-endpoint --client-vpn-endpoint-id ${shellQuote(nameOf(subject))}${regionFlag(subject)} --dry-run`,
    ),
  links: [{ url: 'https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/cvpn-working-endpoint-delete.html', readOn: '2026-11' }],
});
