import path from 'node:path';
import { Argument, Option } from 'commander';
import { detectors } from '../../advice/detectors/index.ts';
import { POLICY_LAYERS, type PolicyLayer } from '../../advice/policy/read-policy.ts';
import { asDay } from '../../kernel/calendar.ts';
import { AdvisorError } from '../../kernel/failure.ts';
import { LOCALES, type Locale } from '../../kernel/locale.ts';
import type { Context } from '../../operations/context.ts';
import { applyPolicy } from '../../operations/policy/apply-policy.ts';
import { dryRunPolicy } from '../../operations/policy/dry-run.ts';
import { testPolicy, validatePolicy } from '../../operations/policy/given-policy.ts';
import { loadPolicy } from '../../operations/policy/load-policy.ts';
import type { Verb, VerbTools } from '../command.ts';
import { appliedText, dryRunText, examplesText, historyText, policyShown, problemsText, recordText } from '../policy-text.ts';
import { readTextFile } from '../read-text-file.ts';
import { wholeNumber } from './sandbox.ts';

interface Reading {
  readonly layer: PolicyLayer;
  readonly locale?: Locale;
}

const file = new Argument('<file>', 'the policy, as YAML');
const layer = new Option('--layer <which>', "this tenant's own, or the integrator's for all tenants (with --tenant operator)")
  .choices([...POLICY_LAYERS])
  .default('tenant');
const locale = new Option('--locale <language>', 'the language of the answer').choices([...LOCALES]);
const MOST_VERSIONS = 200;

/** What the organisation decided, as it was written. */
export const policyShow: Verb<{ readonly locale?: Locale }> = {
  name: 'show',
  summary: 'print the policy that holds, or an earlier version, as it was written',
  examples: ['policy show > policy.yaml', 'policy show 3', 'policy show --json'],
  arguments: [new Argument('[version]', 'an earlier one; "policy history" lists them')],
  options: [locale],
  run: async (tools, options, [version] = []) => {
    const context = await speaking(tools, options);
    if (version !== undefined) {
      const wanted = wholeNumber(version, 'version', 1, 1_000_000_000);
      const record = await context.ports.policies.get(context.scope, wanted);
      if (record) return { document: record, text: recordText(record, context.locale) };
      throw new AdvisorError(
        'NOT_FOUND',
        `there is no version ${wanted} of this policy`,
        'List them with "cost-pillar policy history".',
      );
    }
    const { records, problems, read } = await loadPolicy(context, detectors);
    const documents = { integrator: read.integrator.document, tenant: read.tenant.document };
    return { document: { ...records, problems, documents }, text: policyShown({ records, problems }, context.locale) };
  },
};

/** Needs no data and no database. */
export const policyValidate: Verb<Reading> = {
  name: 'validate',
  summary: 'say what is wrong with a policy, each with its line and reason; changes nothing',
  examples: ['policy validate policy.yaml', 'policy validate policy.yaml --json'],
  arguments: [file],
  options: [layer, locale],
  run: async (tools, options, [name = ''] = []) => {
    const language = options.locale ?? tools.config.locale;
    const validation = validatePolicy({ layer: options.layer, text: readPolicyFile(name), detectors }, language);
    return { document: validation, text: problemsText(validation.problems, language), exitCode: validation.valid ? 0 : 1 };
  },
};

/** Holds own rules against the examples in the same file. Needs no data and no database. */
export const policyTest: Verb<Reading> = {
  name: 'test',
  summary: 'hold the own rules of a policy against the examples in the same file',
  examples: ['policy test policy.yaml', 'policy test policy.yaml --json'],
  arguments: [file],
  options: [layer, locale],
  run: async (tools, options, [name = ''] = []) => {
    const language = options.locale ?? tools.config.locale;
    const tested = testPolicy({ layer: options.layer, text: readPolicyFile(name), detectors }, language);
    return { document: tested, text: examplesText(tested, language), exitCode: tested.passed ? 0 : 1 };
  },
};

interface DiffOptions extends Reading {
  readonly asOf?: string;
  readonly currency?: string;
  readonly most: string;
}

/** A dry run: judges the facts of today by both policies and keeps nothing. */
export const policyDiff: Verb<DiffOptions> = {
  name: 'diff',
  summary: 'say what a policy would hide, show and change, in number and money, before it is applied',
  examples: ['policy diff policy.yaml', 'policy diff policy.yaml --json'],
  arguments: [file],
  options: [
    layer,
    new Option('--as-of <day>', 'the day on which we look (YYYY-MM-DD); left out: as "advise" does'),
    new Option('--currency <code>', 'needed where the tenant has cost in more than one'),
    new Option('--most <count>', 'how many of each the tables show').default('25'),
    locale,
  ],
  run: async (tools, options, [name = ''] = []) => {
    const most = wholeNumber(options.most, '--most', 1, 10_000);
    const asOf = options.asOf === undefined ? null : asDay(options.asOf, '--as-of');
    const given = { layer: options.layer, text: readPolicyFile(name), detectors };
    const context = await speaking(tools, options);
    const run = await dryRunPolicy(context, { ...given, asOf, currency: options.currency ?? null });
    return { document: run, text: dryRunText(run, context.locale, most) };
  },
};

interface ApplyOptions extends Reading {
  readonly reason: string;
}

/** Keeps it as the next version; the next advice follows it. */
export const policyApply: Verb<ApplyOptions> = {
  name: 'apply',
  summary: 'keep a policy as the next version; "advise" follows it from then on',
  examples: ['policy apply policy.yaml --reason "quarterly review of thresholds"'],
  arguments: [file],
  options: [new Option('--reason <text>', 'why, for whoever reads the history').makeOptionMandatory(), layer, locale],
  run: async (tools, options, [name = ''] = []) => {
    const given = { layer: options.layer, text: readPolicyFile(name), detectors };
    const context = await speaking(tools, options, true);
    const record = await applyPolicy(context, { ...given, reason: options.reason, basedOnVersion: null });
    return { document: record, text: appliedText(record, context.locale) };
  },
};

/** Who changed it, when and why. */
export const policyHistory: Verb<{ readonly locale?: Locale }> = {
  name: 'history',
  summary: 'list the versions of the policy: who changed it, when and why',
  examples: ['policy history', 'policy history --json'],
  options: [locale],
  run: async (tools, options) => {
    const context = await speaking(tools, options);
    const records = await context.ports.policies.history(context.scope, MOST_VERSIONS);
    return { document: records, text: historyText(records, context.locale) };
  },
};

async function speaking(tools: VerbTools, { locale }: { readonly locale?: Locale }, create = false): Promise<Context> {
  const context = await tools.context({ create });
  return locale === undefined ? context : { ...context, locale };
}

function readPolicyFile(name: string): string {
  return readTextFile(path.resolve(name), 'policy', 1);
}
