import { Argument } from 'commander';
import { catalogue as rules } from '../../advice/detectors/index.ts';
import { type DetectorDescription, getDetector, listDetectors } from '../../operations/catalogue.ts';
import type { Verb } from '../command.ts';
import { table } from '../table.ts';

/** The rules, as people choose and question them. Needs no data and no database. */
export const catalogue: Verb<object> = {
  name: 'catalogue',
  summary: 'the rules: what each looks for, from which facts, and why',
  examples: ['catalogue', 'catalogue nat-gateway-idle', 'catalogue --json'],
  arguments: [new Argument('[id]', 'one rule, with its texts and thresholds')],
  run: async (tools, _options, [id] = []) => {
    const { locale } = tools.config;
    if (id !== undefined) {
      const one = getDetector(rules, id, locale);
      return { document: one, text: whole(one) };
    }
    const all = listDetectors(rules, locale);
    const rows = all.map((rule) => [rule.id, rule.category, rule.title, rule.worksWith.join(', '), rule.bestPractices.join(' ')]);
    return {
      document: all,
      text: `${all.length} rules\n\n${table([{ title: 'rule' }, { title: 'category' }, { title: 'desired state' }, { title: 'works with' }, { title: 'best practice' }], rows)}`,
    };
  },
};

function whole(rule: DetectorDescription): string {
  const properties = (rule.thresholds.properties ?? {}) as Record<string, { default?: unknown; description?: string }>;
  const thresholds = Object.entries(properties).map(([name, { default: value, description }]) => [
    name,
    String(value),
    description ?? '',
  ]);
  return [
    `${rule.title}  (${rule.id}, ${rule.actionType}, effort ${rule.effort})`,
    rule.background,
    rule.desiredState,
    rule.riskOfActing,
    rule.riskOfNotActing,
    table([{ title: 'threshold' }, { title: 'default', align: 'right' }, { title: 'meaning' }], thresholds),
    rule.links.map((link) => `${link.url} (read ${link.readOn})`).join('\n'),
  ].join('\n\n');
}
