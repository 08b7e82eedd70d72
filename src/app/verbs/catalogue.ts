import { Argument } from 'commander';
import { catalogue as rules } from '../../advice/detectors/index.ts';
import { type DetectorDescription, getDetector, listDetectors } from '../../operations/catalogue.ts';
import { catalogueOf } from '../../operations/policy/load-policy.ts';
import type { Verb } from '../command.ts';
import { table } from '../table.ts';

/** The rules, as people choose and question them. Needs no data and no database, unless a tenant's own are asked for, too. */
export const catalogue: Verb<{ readonly tenant?: string }> = {
  name: 'catalogue',
  summary: 'the rules: what each looks for, from which facts, and why',
  examples: ['catalogue', 'catalogue nat-gateway-idle', 'catalogue --tenant acme   # with its own rules', 'catalogue --json'],
  arguments: [new Argument('[id]', 'one rule, with its texts and thresholds')],
  run: async (tools, { tenant }, [id] = []) => {
    const { locale } = tools.config;
    const known = tenant === undefined ? rules : await catalogueOf(await tools.context(), rules);
    if (id !== undefined) {
      const one = getDetector(known, id, locale);
      return { document: one, text: whole(one) };
    }
    const all = listDetectors(known, locale);
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
