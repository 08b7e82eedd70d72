import type { Locale, Localized } from '../kernel/locale.ts';

/** "Up to 24 hours": Compute Optimizer User Guide, "Metrics analyzed", read 2026-11. */
const ENROL: Localized = {
  en: 'Switch Compute Optimizer on in the payer account, for all member accounts; it answers within 24 hours, then run "cost-pillar sync".',
  ja: '管理アカウントでCompute Optimizerを有効化してください（全メンバーアカウント対象）。24時間以内に結果が出るので、その後「cost-pillar sync」を実行してください。',
};
const ALLOW: Localized = {
  en: 'Allow it: "cost-pillar iam-policy" prints the policy, "cost-pillar doctor" says what is refused.',
  ja: '権限を付与してください。必要なポリシーは「cost-pillar iam-policy」、拒否された操作は「cost-pillar doctor」で確認できます。',
};
const SYNC: Localized = {
  en: 'Run "cost-pillar sync"; if it stays so, "cost-pillar doctor" says what is in the way.',
  ja: '「cost-pillar sync」を実行してください。解消しない場合は「cost-pillar doctor」で原因を確認できます。',
};
const WAIT: Localized = {
  en: 'Nothing needs to be done: it is judged as soon as the settled days reach far enough.',
  ja: '対応は不要です。確定データが参照期間に達すると、自動的に判定されます。',
};
const MEASURE: Localized = {
  en: 'Compute Optimizer says it once it is on and has seen the resource run for long enough; "cost-pillar doctor" says whether it is on.',
  ja: 'Compute Optimizerが有効で、リソースの稼働実績が十分にあれば測定されます。有効かどうかは「cost-pillar doctor」で確認できます。',
};
const FILL_IN: Localized = {
  en: 'Say it in the plan (hearing facts of the workload), or read a bill that names it (CUR or Data Exports).',
  ja: '計画のヒアリング情報に登録するか、その情報を含む請求データ（CUR、Data Exports）を取り込んでください。',
};
const LOOK: Localized = {
  en: 'Run "cost-pillar doctor": it looks at every source and says how to turn on what is missing.',
  ja: '「cost-pillar doctor」を実行してください。各データソースの状態と有効化の方法を確認できます。',
};

/** How to get a missing fact: by its whole id, else by why it is not there. */
const REMEDIES: Readonly<Record<string, Localized>> = {
  'computeOptimizer.notEnrolled': ENROL,
  'computeOptimizer.notAnalysed': MEASURE,
  cpuNotMeasured: MEASURE,
  networkNotMeasured: MEASURE,
  memoryNotMeasured: {
    en: 'Install the CloudWatch agent on the instance and let it report memory; Compute Optimizer then uses it.',
    ja: 'インスタンスにCloudWatchエージェントを導入し、メモリのメトリクスを送信してください。Compute Optimizerの判定に使われます。',
  },
  detachedDays: {
    en: 'Compute Optimizer says it once its look-back is as long as the rule asks; or set the rule a shorter time.',
    ja: 'Compute Optimizerの参照期間がルールの日数に達すると判定できます。ルールの日数を短く設定することもできます。',
  },
  platform: FILL_IN,
  databaseEngine: FILL_IN,
  cacheEngine: FILL_IN,
  engineVersion: FILL_IN,
  environmentUnknown: {
    en: 'Say it in the policy ("environments"), in a tag (Environment: production, development, …) or in the plan.',
    ja: 'ポリシーの「environments」、タグ（Environment: production、developmentなど）、または計画のヒアリング情報で指定してください。',
  },
  'ownRule.cannotTell': {
    en: 'Ask whether it is there first, as in "Owner" in tags; "cost-pillar policy test <file>" tries a rule.',
    ja: '「"Owner" in tags」のように、先に値の有無を確認してください。ルールは「cost-pillar policy test <file>」で試せます。',
  },
  'policy.notUsable': {
    en: 'Write the policy out ("cost-pillar policy show"), put that line right, and apply it again.',
    ja: '「cost-pillar policy show」でポリシーを出力し、該当行を修正してから再度適用してください。',
  },
  hubEnrolment: SYNC,
  anomalyMonitors: SYNC,
  allocationTags: SYNC,
  planServices: {
    en: 'Give the lines of the plan a service name each, and import it again ("cost-pillar plan import").',
    ja: '計画の明細にサービス名を入れて、再度取り込んでください（「cost-pillar plan import」）。',
  },
  shortHistory: WAIT,
  recentCommitment: WAIT,
  detectorFailed: {
    en: 'This is a fault of ours: the log of "cost-pillar advise" has the cause.',
    ja: '本製品側の不具合です。原因は「cost-pillar advise」のログに記録されています。',
  },
  notEnrolled: LOOK,
  accessDenied: ALLOW,
  failed: SYNC,
  notPulled: SYNC,
  notAsked: SYNC,
  tooOld: SYNC,
};

/** What to do so that the rule can tell. */
export function missingRemedy(because: string, locale: Locale): string {
  const state = because.split('.')[1] ?? '';
  const known = [because, state].find((id) => Object.hasOwn(REMEDIES, id));
  return (known === undefined ? LOOK : (REMEDIES[known] ?? LOOK))[locale];
}
