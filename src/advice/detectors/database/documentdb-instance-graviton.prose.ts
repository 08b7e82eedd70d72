import { defineProse } from '../../define-prose.ts';
import { commentText, hclString, shellQuote, terraformName, yamlString } from '../../snippet.ts';
import type { CheaperHoursEvidence } from '../shared/cheaper-hours.ts';
import { lines, logicalId, nameOf, regionFlag } from '../shared/snippets.ts';

/** The bill shortens sizes; commands want them whole. */
const whole = (instanceClass: string): string => instanceClass.replace(/xl$/, 'xlarge');

export const documentdbInstanceGravitonProse = defineProse<CheaperHoursEvidence>({
  title: { en: 'Document databases run on Graviton', ja: 'DocumentDBのGravitonへの移行' },
  sentence: {
    en: 'This DocumentDB instance runs on {instanceType} for {monthlyCost} a month; {targetType} has the same size and costs {savingsPercent} % less.',
    ja: 'このDocumentDBインスタンスは{instanceType}で稼働し、月額{monthlyCost}です。同じサイズの{targetType}なら、料金が{savingsPercent}%下がります。',
  },
  background: {
    en: 'Graviton is the processor that AWS builds itself and sells for less; vCPUs and memory are the same. AWS runs the engine, so that applications and drivers do not notice.',
    ja: 'GravitonはAWSが自社で設計したプロセッサーで、料金が安く設定されています。vCPUとメモリーは同じで、エンジンはAWSが運用するため、アプリケーションやドライバーへの影響はありません。',
  },
  riskOfActing: {
    en: 'The instance restarts; the primary of a cluster fails over for some seconds, and a cluster with one instance is away for minutes. Old engine versions do not offer {targetType}.',
    ja: '変更時に再起動が発生します。プライマリの場合は数秒の切替が発生し、インスタンスが1台のクラスターは数分間利用できません。古いバージョンのエンジンでは{targetType}を選択できません。',
  },
  riskOfNotActing: {
    en: '{monthlySavings} a month more than needed for the same instance.',
    ja: '同じ規模のインスタンスに毎月{monthlySavings}を余分に払い続けることになります。',
  },
  desiredState: {
    en: 'All document databases run on Graviton, and so do the defaults of templates.',
    ja: 'すべてのDocumentDBがGravitonで稼働し、テンプレートの既定値もGravitonになっている状態です。',
  },
  steps: {
    en: [
      'Check whether the engine version of the cluster offers {targetType}, and upgrade the engine first where it does not.',
      'Take a snapshot of the cluster.',
      'Change the class of the replicas first, one at a time, then fail over and change the old primary.',
      'Change the class in templates.',
    ],
    ja: [
      'クラスターのエンジンのバージョンで{targetType}を選択できるか確認し、選択できない場合は先にエンジンを更新します。',
      'クラスターのスナップショットを取得します。',
      'レプリカから1台ずつクラスを変更し、フェイルオーバーした後に旧プライマリを変更します。',
      'テンプレートのクラスも変更します。',
    ],
  },
  undo: { en: 'Change the class back to {instanceType}.', ja: 'クラスを{instanceType}に戻します。' },
  terraform: ({ subject, evidence }) =>
    lines(
      `# ${commentText(nameOf(subject))}: only the lines that change. Takes effect in the maintenance window.`,
      `resource "aws_docdb_cluster_instance" "${terraformName(nameOf(subject))}" {`,
      `  instance_class    = ${hclString(whole(evidence.targetType))}`,
      '  apply_immediately = false',
      '}',
    ),
  cloudFormation: ({ subject, evidence }) =>
    lines(
      'Resources:',
      `  ${logicalId(nameOf(subject))}: # ${commentText(nameOf(subject))}: only the line that changes`,
      '    Type: AWS::DocDB::DBInstance',
      '    Properties:',
      `      DBInstanceClass: ${yamlString(whole(evidence.targetType))}`,
    ),
  cli: ({ subject, evidence }) => {
    const id = shellQuote(nameOf(subject));
    const region = regionFlag(subject);
    return lines(
      '# Which version, and which cluster?',
      `aws docdb describe-db-instances --db-instance-identifier ${id}${region}`,
      '# Does this version offer the class?',
      `aws docdb describe-orderable-db-instance-options --engine docdb --db-instance-class ${shellQuote(whole(evidence.targetType))} --query 'OrderableDBInstanceOptions[].EngineVersion'${region}`,
      '# In the maintenance window, replicas first:',
      `# aws docdb modify-db-instance --db-instance-identifier ${id} --db-instance-class ${shellQuote(whole(evidence.targetType))} --no-apply-immediately${region}`,
    );
  },
  links: [{ url: 'https://docs.aws.amazon.com/documentdb/latest/developerguide/db-instance-classes.html', readOn: '2026-11' }],
});
