import type { z } from 'zod';
import { AdvisorError } from '../kernel/failure.ts';
import { oneLine } from '../kernel/text.ts';
import { type Plan, PlanFile } from '../plan/plan.ts';
import type { Context } from './context.ts';

/** The plan as parsed JSON, or as the text of a JSON file. */
export type ImportPlanInput = ({ readonly document: unknown } | { readonly text: string }) & {
  /** What to call it in messages: the file's name. */
  readonly name?: string;
};

export interface ImportedPlan {
  readonly version: number;
  readonly name: string;
  readonly currency: string;
  readonly waves: number;
  readonly workloads: number;
  readonly lines: number;
}

/** A migration plan becomes the tenant's newest version; earlier ones stay. INVALID_INPUT names each problem by its path; nothing is kept then. */
export async function importPlan(context: Context, input: ImportPlanInput): Promise<ImportedPlan> {
  const plan = readPlan(input);
  const { version } = await context.ports.plans.save(context.scope, plan);
  const workloads = plan.waves.flatMap((wave) => wave.workloads);
  const counts = {
    waves: plan.waves.length,
    workloads: workloads.length,
    lines: workloads.reduce((sum, workload) => sum + workload.lines.length, 0),
  };
  await context.ports.audit.record(context.scope, {
    action: 'planImported',
    subject: `version ${version}`,
    detail: { name: oneLine(plan.name, 200), workloads: String(counts.workloads) },
  });
  return { version, name: plan.name, currency: plan.currency, ...counts };
}

function readPlan(input: ImportPlanInput): Plan {
  const name = oneLine(input.name ?? 'given', 200);
  const parsed = PlanFile.safeParse('text' in input ? readJson(input.text, name) : input.document);
  if (!parsed.success) throw refusal(name, parsed.error.issues);
  return parsed.data;
}

function readJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    const why = cause instanceof Error ? oneLine(cause.message, 120) : 'it cannot be read';
    throw new AdvisorError('INVALID_INPUT', `The plan ${name} is not JSON: ${why}`, 'Write the plan as a JSON file.', { cause });
  }
}

const SHOWN_PROBLEMS = 10;

function refusal(name: string, issues: readonly Pick<z.core.$ZodIssue, 'path' | 'message'>[]): AdvisorError {
  const shown = issues.slice(0, SHOWN_PROBLEMS).map((issue) => `${pathText(issue.path)}: ${oneLine(issue.message, 160)}`);
  const more = issues.length > SHOWN_PROBLEMS ? `; and ${issues.length - SHOWN_PROBLEMS} more` : '';
  return new AdvisorError(
    'INVALID_INPUT',
    `The plan ${name} cannot be used: ${shown.join('; ')}${more}`,
    'Put these places right and import it again; the version before stays in force.',
  );
}

/** ["waves", 0, "name"] as a person writes it: waves[0].name. */
function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${oneLine(String(part), 60)}`)).join('');
  return text.replace(/^\./, '') || 'the whole file';
}
