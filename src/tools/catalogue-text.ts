import { z } from 'zod';
import type { Catalogue, CatalogueEntry } from '../advice/catalogue-entry.ts';
import { CATEGORIES, type Category } from '../advice/detector.ts';
import type { Locale, Localized } from '../kernel/locale.ts';

const WORDS = {
  title: { en: 'What Cost Pillar looks for', ja: 'Cost Pillar が見つけるもの' },
  intro: {
    en: 'Every detector, what it reads, what may be set, and what it may break. Texts in braces are filled with the facts of a finding.',
    ja: 'すべての検出項目と、参照するデータ、設定できる値、対応時のリスクをまとめています。波かっこの部分には検出時の事実が入ります。',
  },
  action: { en: 'Action', ja: '対応' },
  effort: { en: 'effort', ja: '作業量' },
  rollback: { en: 'can be undone', ja: '元に戻せる' },
  noRollback: { en: 'cannot be undone', ja: '元に戻せない' },
  restart: { en: 'needs a restart', ja: '再起動が必要' },
  reads: { en: 'Reads', ja: '参照データ' },
  days: { en: 'days', ja: '日分' },
  worksWith: { en: 'Works with', ja: '利用できるデータ源' },
  bestPractices: { en: 'Best practices', ja: 'ベストプラクティス' },
  riskOfActing: { en: 'Risk of acting', ja: '対応するリスク' },
  riskOfNotActing: { en: 'Risk of not acting', ja: '対応しないリスク' },
  thresholds: { en: 'Thresholds', ja: 'しきい値' },
  threshold: { en: 'Threshold', ja: 'しきい値' },
  default: { en: 'Default', ja: '既定値' },
  meaning: { en: 'Meaning', ja: '意味' },
} as const satisfies Record<string, Localized>;

const CATEGORY_NAMES: Readonly<Record<Category, Localized>> = {
  compute: { en: 'Compute', ja: 'コンピューティング' },
  storage: { en: 'Storage', ja: 'ストレージ' },
  database: { en: 'Database', ja: 'データベース' },
  network: { en: 'Network', ja: 'ネットワーク' },
  observability: { en: 'Observability', ja: '監視・ログ' },
  licences: { en: 'Licences and extended support', ja: 'ライセンスと延長サポート' },
  migration: { en: 'After a migration', ja: '移行後の残存物' },
  commitments: { en: 'Commitments', ja: 'コミットメント割引' },
  governance: { en: 'Governance', ja: 'ガバナンス' },
};

/** The catalogue as a page in one language. `command` is named at the top, since the page is generated. */
export function catalogueText(catalogue: Catalogue, locale: Locale, command: string): string {
  const parts = [
    `<!-- Written by "${command}"; run it again instead of editing. -->`,
    `# ${WORDS.title[locale]}`,
    WORDS.intro[locale],
  ];
  for (const category of CATEGORIES) {
    const entries = catalogue.filter(({ detector }) => detector.category === category);
    if (entries.length > 0) parts.push(`## ${CATEGORY_NAMES[category][locale]}`);
    for (const entry of entries) parts.push(...entryText(entry, locale));
  }
  return `${parts.join('\n\n')}\n`;
}

function entryText({ detector, prose }: CatalogueEntry, locale: Locale): string[] {
  const word = (name: keyof typeof WORDS): string => WORDS[name][locale];
  const undo = detector.rollbackPossible ? word('rollback') : word('noRollback');
  const restart = detector.restartNeeded ? `, ${word('restart')}` : '';
  const reads = detector.reads.map(({ fact, lookbackDays }) => `${fact} (${lookbackDays} ${word('days')})`).join(', ');
  return [
    `### ${detector.id}`,
    `**${asText(prose.title[locale])}**`,
    asText(prose.background[locale]),
    asText(prose.desiredState[locale]),
    [
      `- ${word('action')}: ${detector.actionType} (${detector.resourceType}), ${word('effort')} ${detector.effort}, ${undo}${restart}`,
      `- ${word('reads')}: ${reads}`,
      `- ${word('worksWith')}: ${detector.worksWith.join(', ')}`,
      `- ${word('bestPractices')}: ${detector.bestPractices.join(', ')}`,
      `- ${word('riskOfActing')}: ${asText(prose.riskOfActing[locale])}`,
      `- ${word('riskOfNotActing')}: ${asText(prose.riskOfNotActing[locale])}`,
    ].join('\n'),
    ...thresholdTable(detector, word),
  ];
}

function thresholdTable({ thresholds }: CatalogueEntry['detector'], word: (name: keyof typeof WORDS) => string): string[] {
  const properties = Object.entries(z.toJSONSchema(thresholds, { io: 'input' }).properties ?? {});
  if (properties.length === 0) return [];
  const rows = properties.map(([name, schema]) => {
    const { default: value, description } = typeof schema === 'object' ? schema : {};
    return `| \`${name}\` | \`${JSON.stringify(value)}\` | ${asText(description ?? '').replaceAll('|', '\\|')} |`;
  });
  return [[`| ${word('threshold')} | ${word('default')} | ${word('meaning')} |`, '|---|---|---|', ...rows].join('\n')];
}

/** Angle brackets would be read as HTML. */
function asText(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('\n', ' ');
}
