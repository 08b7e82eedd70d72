import fs from 'node:fs';
import path from 'node:path';
import { Argument, Option } from 'commander';
import { asDay, type Day } from '../../kernel/calendar.ts';
import { AdvisorError } from '../../kernel/failure.ts';
import { LOCALES, type Locale } from '../../kernel/locale.ts';
import { oneLine } from '../../kernel/text.ts';
import type { Context } from '../../operations/context.ts';
import { importPlan } from '../../operations/import-plan.ts';
import { PLAN_FORMATS, type PlanFormat } from '../../operations/ports/plan-file.ts';
import { showPlan } from '../../operations/show-plan.ts';
import { examplePlan } from '../../plan/example-plan.ts';
import type { Verb, VerbTools } from '../command.ts';
import { importedPlanText, planHistoryText, shownPlanText } from '../plan-shown-text.ts';
import { planFiles } from '../wire.ts';

interface Reading {
  readonly locale?: Locale;
}

const locale = new Option('--locale <language>', 'the language of the answer').choices([...LOCALES]);
const MOST_VERSIONS = 200;

/** A migration plan with its workloads and what only people know of them. */
export const planImport: Verb<{ readonly reason?: string }> = {
  name: 'import',
  summary: 'read a migration plan (JSON, CSV, XLSX): waves, workloads, expected cost, hearing facts',
  examples: [
    'plan template --format xlsx -o plan.xlsx',
    'plan import plan.xlsx --tenant acme',
    'plan import plan.csv --reason "wave 2 moved to October"',
  ],
  arguments: [new Argument('<file>', 'the plan; what it is shows in what it holds')],
  options: [new Option('--reason <text>', 'why the plan changes; needed where a version exists already')],
  run: async (tools, { reason }, [file = ''] = []) => {
    const given = await planFiles.read(path.resolve(file));
    const context = await tools.context({ create: true });
    const plan = await importPlan(context, { ...given, name: path.basename(file), reason: reason ?? null });
    return { document: plan, text: importedPlanText(plan, context.locale) };
  },
};

interface TemplateOptions extends Reading {
  readonly format: PlanFormat;
  readonly estimate?: string;
  readonly cutOver?: string;
  readonly output?: string;
}

/** Needs no data and no database. */
export const planTemplate: Verb<TemplateOptions> = {
  name: 'template',
  summary:
    'a plan to begin with that "plan import" reads: a small example with made-up prices, or an estimate of the AWS Pricing Calculator',
  examples: [
    'plan template --format xlsx -o plan.xlsx',
    'plan template --format csv --locale ja -o plan.csv',
    'plan template --estimate "My Estimate.csv" --cut-over 2026-04-01 --format xlsx -o plan.xlsx',
  ],
  options: [
    new Option('--format <format>', 'how').choices([...PLAN_FORMATS]).default('json'),
    new Option('-o, --output <file>', 'where to; left out: on stdout, which takes no XLSX'),
    new Option(
      '--estimate <file>',
      'what the AWS Pricing Calculator exports as CSV: a workload for each group, yours to say what it matches',
    ),
    new Option('--cut-over <day>', "the estimate's, YYYY-MM-DD"),
    new Option('--locale <language>', 'the language of the headings and the example').choices([...LOCALES]),
  ],
  run: async (tools, { format, output, locale: asked, estimate, cutOver }) => {
    const language = asked ?? tools.config.locale;
    const plan =
      estimate === undefined ? examplePlan(language) : planFiles.ofEstimate(path.resolve(estimate), cutOverOf(cutOver));
    if (output === undefined && format === 'xlsx')
      throw new AdvisorError('INVALID_INPUT', 'An XLSX is no text for a terminal', 'Say where to write it: -o plan.xlsx.');
    const bytes = await planFiles.bytes(plan, format, language);
    if (output === undefined) return { document: plan, text: bytes.toString('utf8').replace(/^\ufeff|\n$/g, '') };
    write(path.resolve(output), bytes);
    return { document: { file: path.resolve(output), format }, text: `The plan to begin with is in ${path.basename(output)}.` };
  },
};

/** The newest version, and how it fits the bill. */
export const planShow: Verb<Reading> = {
  name: 'show',
  summary: 'the newest plan: what is named twice, what cost no workload has, which workloads have none',
  examples: ['plan show', 'plan show --json'],
  options: [locale],
  run: async (tools, options) => {
    const context = await speaking(tools, options);
    const shown = await showPlan(context);
    return { document: shown, text: shownPlanText(shown, context.locale) };
  },
};

export const planHistory: Verb<Reading> = {
  name: 'history',
  summary: 'the versions of the plan: who changed it, when and why',
  examples: ['plan history', 'plan history --json'],
  options: [locale],
  run: async (tools, options) => {
    const context = await speaking(tools, options);
    const versions = await context.ports.plans.history(context.scope, MOST_VERSIONS);
    return { document: versions, text: planHistoryText(versions, context.locale) };
  },
};

async function speaking(tools: VerbTools, { locale: asked }: Reading): Promise<Context> {
  const context = await tools.context();
  return asked === undefined ? context : { ...context, locale: asked };
}

function cutOverOf(day: string | undefined): Day {
  if (day !== undefined) return asDay(day, '--cut-over');
  throw new AdvisorError('INVALID_INPUT', 'An estimate says nothing of when it begins', 'Say when: --cut-over 2026-04-01.');
}

function write(file: string, bytes: Buffer): void {
  try {
    fs.writeFileSync(file, bytes);
  } catch (cause) {
    const message = `${oneLine(path.basename(file), 200)} cannot be written`;
    throw new AdvisorError('FILE_UNREADABLE', message, 'Check the folder and who may write there.', { cause });
  }
}
