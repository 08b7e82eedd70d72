import { camelCase } from './generated-file.ts';

/** The three files of a detector, ready to be changed: each compiles, and the test fails until rule and words are the author's own. */
export function detectorTemplate(category: string, id: string): ReadonlyMap<string, string> {
  const name = camelCase(id);
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Evidence`;
  return new Map([
    [`src/advice/detectors/${category}/${id}.ts`, ruleFile(category, id, name, type)],
    [`src/advice/detectors/${category}/${id}.prose.ts`, proseFile(id, name, type)],
    [`test/advice/detectors/${category}/${id}.test.ts`, testFile(category, id, name)],
  ]);
}

function ruleFile(category: string, id: string, name: string, type: string): string {
  return `import { z } from 'zod';
import type { ResourceFacts } from '../../../ledger/resource.ts';
import { amountOf, effectiveMonthly, effectOn, isStillBilled, monthlyCosts, savingsOf } from '../../costing.ts';
import { defineDetector } from '../../define-detector.ts';
import { dailyLines, exampleResource, exampleSnapshot } from '../../example-facts.ts';
import { viewOf } from '../../snapshot-view.ts';

const evidence = z.strictObject({
  monthlyCost: z.string().describe('What the resource costs a month of 730 hours.'),
});
export type ${type} = z.infer<typeof evidence>;

const subject = exampleResource({
  resourceId: 'nat-0aaaaaaaaaaaaaaa1',
  resourceType: 'NatGateway',
  lines: dailyLines({ serviceName: 'EC2 - Other', meterKind: 'NatGateway-Hours', usageQuantity: '24', billedCost: '1.488' }),
});

export const ${name} = defineDetector({
  id: '${id}',
  revision: 1,
  category: '${category}',
  bestPractices: ['COST04-BP03'],
  resourceType: 'NatGateway',
  actionType: 'Delete',
  effort: 'Low',
  rollbackPossible: false,
  restartNeeded: false,
  reads: [{ fact: 'usageByResource', lookbackDays: 14 }],
  worksWith: ['CostExplorerByResource'],
  thresholds: z.strictObject({
    minimumMonthlyCost: z.number().min(0).default(1).describe('Leave resources alone that cost less than this a month.'),
  }),
  evidence,
  example: { subject, evidence: { monthlyCost: '45.26' }, view: viewOf(exampleSnapshot({ resources: [subject] })) },
  evaluate: (resource: ResourceFacts, { thresholds, view }) => {
    if (!isStillBilled(resource, view)) return { kind: 'notApplicable', because: 'noLongerBilled' };
    const costs = monthlyCosts(resource, view);
    if (effectiveMonthly(costs).lt(thresholds.minimumMonthlyCost)) return { kind: 'healthy' };
    return {
      kind: 'finding',
      evidence: { monthlyCost: amountOf(effectiveMonthly(costs)) },
      savings: savingsOf(costs, resource.accountId, view),
      confidence: { level: 0.5, because: ['purposeUnknown'] },
      priceBasis: 'observed',
      effect: effectOn('*', costs),
    };
  },
});
`;
}

function proseFile(id: string, name: string, type: string): string {
  const both = "{ en: '', ja: '' }";
  return `import { defineProse } from '../../define-prose.ts';
import { shellQuote } from '../../snippet.ts';
import type { ${type} } from './${id}.ts';

export const ${name}Prose = defineProse<${type}>({
  title: ${both},
  sentence: ${both},
  background: ${both},
  riskOfActing: ${both},
  riskOfNotActing: ${both},
  desiredState: ${both},
  steps: { en: [], ja: [] },
  undo: ${both},
  terraform: null,
  cloudFormation: null,
  cli: ({ subject }) => \`aws ec2 describe-nat-gateways --nat-gateway-ids \${shellQuote(subject.resourceId ?? '')}\`,
  links: [],
});
`;
}

function testFile(category: string, id: string, name: string): string {
  const home = `../../../../src/advice/detectors/${category}/${id}`;
  return `import { describe, expect, it } from 'vitest';
import { ${name}Prose } from '${home}.prose.ts';
import { ${name} } from '${home}.ts';
import { aResource, aView } from '../../../support/builders.ts';
import { testDetector } from '../../../support/test-detector.ts';

testDetector(${name}, ${name}Prose);

describe('${id}', () => {
  it('leaves alone what is no longer billed', () => {
    const gone = aResource({ resourceId: 'nat-0aaaaaaaaaaaaaaa1', resourceType: 'NatGateway', lastBilledDay: '2026-01-01' });
    expect(${name}.evaluate(gone, aView()).kind).toBe('notApplicable');
  });
});
`;
}
