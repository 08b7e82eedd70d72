import { defineProse } from '../../define-prose.ts';
import { commentText, hclString, shellQuote, terraformName } from '../../snippet.ts';
import type { LeftOverEvidence } from '../shared/left-over.ts';
import { DRY_RUN_NOTE, lines, nameOf, regionFlag } from '../shared/snippets.ts';

export const testCutOverInstanceProse = defineProse<LeftOverEvidence>({
  title: { en: 'Rehearsal machines end with the rehearsal', ja: '移行リハーサル用サーバーの終了' },
  sentence: {
    en: 'This machine was tagged for trying the cut-over of "{wave}", which took place on {cutOver}; {daysSinceCutOver} days later it still runs and costs {monthlyCost} a month.',
    ja: 'このサーバーには「{wave}」の移行リハーサル用のタグが付いています。本番の切り替え（{cutOver}）から{daysSinceCutOver}日たった今も稼働しており、月額{monthlyCost}が発生しています。',
  },
  background: {
    en: 'Before a cut-over, copies of the servers are started to try it. They look just like the real machines, so that nobody dares to switch them off afterwards; the tag is what tells them apart.',
    ja: '切り替えの前には、本番と同じ構成の複製を起動して手順を確認します。見た目が本番サーバーと変わらないため、終わった後に止める判断がつかず残りがちです。両者を区別できるのはタグだけです。',
  },
  riskOfActing: {
    en: 'Some rehearsal machines were quietly kept as test or even production systems: look at who signs in and what connects before you stop it. The tag may also have been copied with a template.',
    ja: 'リハーサル用のサーバーが、そのまま検証環境や本番として使われ始めていることがあります。停止の前に、ログインの履歴と接続元を確認してください。テンプレートからタグだけが引き継がれている可能性もあります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month, and a copy of production data on a machine that is not patched or watched.',
    ja: '毎月{monthlySavings}を払い続けることになります。更新や監視の対象外のサーバーに、本番データの複製が残ることにもなります。',
  },
  desiredState: {
    en: 'Rehearsal machines are gone a week after the cut-over; what is still needed has its own name, tag and owner.',
    ja: '切り替えから1週間でリハーサル用サーバーが終了し、使い続けるものには正式な名前・タグ・担当者が付いている状態です。',
  },
  steps: {
    en: [
      'Ask the owner of the wave whether anybody still uses it, and look at its sign-ins and connections.',
      'If it has become a real system, change its tag and give it an owner, and stop here.',
      'Make an image (AMI) of it, and stop it. Nothing is deleted.',
      'Leave it stopped for one business cycle, then terminate it and delete its disks.',
    ],
    ja: [
      'ウェーブの責任者に利用の有無を確認し、ログインの履歴と接続元を調べます。',
      '正式なシステムとして使われている場合は、タグを直して担当者を決め、ここで終了します。',
      '不要な場合はAMIを取得して停止します（この時点では何も削除しません）。',
      '業務の1サイクルを待ってから終了（terminate）し、ディスクを削除します。',
    ],
  },
  undo: {
    en: 'Start the instance again; after termination launch a new one from the image.',
    ja: 'インスタンスを起動します。終了後は、取得したAMIから作り直します。',
  },
  terraform: ({ subject }) => {
    const id = nameOf(subject);
    return lines(
      `# ${commentText(id)}: stops it and keeps it. "running" starts it again.`,
      `resource "aws_ec2_instance_state" "${terraformName(id)}" {`,
      `  instance_id = ${hclString(id)}`,
      '  state       = "stopped"',
      '}',
    );
  },
  cloudFormation: null,
  cli: ({ subject }) =>
    lines(
      DRY_RUN_NOTE,
      `aws ec2 create-image --instance-id ${shellQuote(nameOf(subject))} --name ${shellQuote(`${nameOf(subject)}-rehearsal`)} --no-reboot${regionFlag(subject)} --dry-run`,
      `aws ec2 stop-instances --instance-ids ${shellQuote(nameOf(subject))}${regionFlag(subject)} --dry-run`,
    ),
  links: [
    { url: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Stop_Start.html', readOn: '2026-11' },
    { url: 'https://docs.aws.amazon.com/cli/v1/reference/mgn/finalize-cutover.html', readOn: '2026-11' },
  ],
});
