import { defineProse } from '../../define-prose.ts';
import type { CloudtrailDuplicateTrailEvidence } from './cloudtrail-duplicate-trail.ts';

export const cloudtrailDuplicateTrailProse = defineProse<CloudtrailDuplicateTrailEvidence>({
  title: { en: 'Each management event is recorded once', ja: 'CloudTrail証跡の重複解消' },
  sentence: {
    en: 'In {billedMonth} this account paid for {eventsMonthly} management events that another trail had recorded already; that is {monthlyCost} a month.',
    ja: '{billedMonth}に、このアカウントではすでに別の証跡に記録された管理イベント{eventsMonthly}件にも料金が発生しており、月額{monthlyCost}に相当します。',
  },
  background: {
    en: 'The first copy of management events is free in each Region; every further trail that records them is paid by the event. Often an organisation trail came later, and the trails that the accounts had made themselves stayed.',
    ja: '管理イベントの記録は、リージョンごとに最初の1つの証跡が無料で、2つ目以降の証跡にはイベント数に応じた料金がかかります。後から組織の証跡を作成し、各アカウントの証跡がそのまま残っている例がよく見られます。',
  },
  riskOfActing: {
    en: 'A tool, an alarm or an auditor may read the copy that is stopped. What it recorded so far stays in its bucket.',
    ja: '停止する側の証跡を、ツール、アラーム、監査が参照している可能性があります。すでに記録された分はバケットに残ります。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month for the same events once more, and it grows with every call to AWS.',
    ja: '同じイベントの重複記録に毎月{monthlySavings}を払い続け、APIの呼び出しが増えるほど金額も増えます。',
  },
  desiredState: {
    en: 'One organisation trail records the management events of all accounts; further trails record data events only.',
    ja: '組織の証跡1つがすべてのアカウントの管理イベントを記録し、他の証跡はデータイベントのみを記録している状態です。',
  },
  steps: {
    en: [
      'List the trails of the account in all Regions, those of the organisation included, and which of them record management events.',
      'Ask who reads which copy: a security tool, an alarm on a log group, an auditor.',
      'Let the readers use the organisation trail.',
      'Switch management events off in the other trail (its data events may stay), and look at the bill of the next month.',
    ],
    ja: [
      'すべてのリージョンの証跡（組織の証跡を含む）を一覧し、管理イベントを記録しているものを確認します。',
      'それぞれの記録を誰が使っているか（セキュリティツール、ロググループのアラーム、監査など）を確認します。',
      '参照先を組織の証跡に切り替えます。',
      'もう一方の証跡で管理イベントの記録を無効にし（データイベントは残せます）、翌月の請求を確認します。',
    ],
  },
  undo: {
    en: 'Switch management events on again in that trail; events of the time between are in the other one.',
    ja: '該当の証跡で管理イベントの記録を再度有効にします。その間のイベントはもう一方の証跡に残っています。',
  },
  terraform: null,
  cloudFormation: null,
  cli: null,
  links: [
    {
      url: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html',
      readOn: '2026-11',
    },
  ],
});
