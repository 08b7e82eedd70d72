import { z } from 'zod';
import type { Catalogue } from '../advice/catalogue-entry.ts';
import { PolicyDocument } from '../advice/policy/document.ts';
import { OWN_RULE_FACTS, type OwnRuleFact } from '../advice/policy/own-rules/facts.ts';
import { OWN_PREFIX } from '../advice/policy/own-rules/rule.ts';

type Json = Record<string, unknown>;

/** JSON Schema of a policy with every rule's own thresholds in their place, so that an editor completes and checks the YAML. */
export function policySchema(catalogue: Catalogue, command: string): string {
  const schema = z.toJSONSchema(PolicyDocument, { io: 'input' }) as Json;
  const settings = propertiesOf(schema);
  const layer = propertiesOf((settings.layers as Json).items as Json);
  const one = (settings.detectors as { readonly additionalProperties: Json }).additionalProperties;
  const detectors = detectorsSchema(catalogue, one);
  settings.detectors = { $ref: '#/$defs/detectors' };
  layer.detectors = { $ref: '#/$defs/detectors' };
  const document = {
    ...schema,
    $comment: `Written by "${command}"; run it again instead of editing.`,
    title: 'Policy of an organisation for Cost Pillar',
    $defs: { ...(schema.$defs as Json | undefined), detectors },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function detectorsSchema(catalogue: Catalogue, one: Json): Json {
  const settingsOf = (thresholds: Json): Json => ({ ...one, properties: { ...propertiesOf(one), thresholds } });
  const none = { type: 'object', additionalProperties: false };
  return {
    type: 'object',
    description: 'Settings of rules, by id.',
    properties: Object.fromEntries(
      catalogue
        .map(({ detector, prose }) => {
          const { $schema: _, ...thresholds } = z.toJSONSchema(detector.thresholds, { io: 'input' }) as Json;
          return [detector.id, { ...settingsOf(thresholds), description: prose.title.en }] as const;
        })
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ),
    patternProperties: { [`^${OWN_PREFIX}`]: settingsOf(none) },
    additionalProperties: false,
  };
}

function propertiesOf(schema: Json): Json {
  return schema.properties as Json;
}

/** Every fact that an expression may ask, in both languages. */
export function factsPage(command: string): string {
  const facts: readonly (readonly [string, OwnRuleFact])[] = Object.entries(OWN_RULE_FACTS);
  const rows = facts.map(([name, { type, describes }]) => `| \`${name}\` | \`${type}\` | ${describes.en} | ${describes.ja} |`);
  return [
    `<!-- Written by "${command}"; run it again instead of editing. -->`,
    '# Facts for own rules / 自社ルールで使える項目',
    'Expressions are [CEL](https://cel.dev). A fact that is not known makes the answer "unknown", unless the rest decides without it. Amounts are a month of 730 hours, running cost, at the pace of the last week.',
    '式はCEL（Common Expression Language）で記述します。値が分からない項目を参照した場合、残りの条件だけで決まるときを除き、結果は「不明」になります。金額は月額（730時間換算）、直近1週間のペースです。',
    ['| Fact | Type | What it is | 内容 |', '|---|---|---|---|', ...rows].join('\n'),
  ]
    .join('\n\n')
    .concat('\n');
}
