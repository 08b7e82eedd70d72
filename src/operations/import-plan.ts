import type { z } from 'zod';
import { AdvisorError } from '../kernel/failure.ts';
import { oneLine } from '../kernel/text.ts';
import { type Plan, PlanFile } from '../plan/plan.ts';
import type { Context } from './context.ts';
import type { GivenPlan } from './ports/plan-file.ts';

export interface ImportPlanInput extends Partial<Omit<GivenPlan, 'document'>> {
  readonly document: unknown;
  /** What to call it in messages: the file's name. */
  readonly name?: string;
  /** Why the plan changes; needed where a version exists already. */
  readonly reason?: string | null;
}

export interface ImportedPlan {
  readonly version: number;
  readonly name: string;
  readonly currency: string;
  readonly waves: number;
  readonly workloads: number;
  readonly lines: number;
  /** False: it says what the newest version says, and that one stands. */
  readonly isNew: boolean;
}

/**
 * A migration plan becomes the tenant's newest version; earlier ones stay. INVALID_INPUT names each problem by its place, and says where a
 * version exists already and nobody says why it changes; nothing is kept then.
 */
export async function importPlan(context: Context, input: ImportPlanInput): Promise<ImportedPlan> {
  const plan = checkedPlan(input);
  const reason = oneLine((input.reason ?? '').replace(/\s+/g, ' ').trim(), 1000);
  const { scope, ports } = context;
  const before = await ports.plans.latest(scope);
  if (before !== null && JSON.stringify(before.plan) === JSON.stringify(plan))
    return { version: before.version, ...countsOf(plan), isNew: false };
  if (before !== null && reason === '')
    throw new AdvisorError(
      'INVALID_INPUT',
      `There is version ${before.version} of the plan already, and a new baseline needs a reason`,
      'Say why: --reason "wave 2 moved to October" (in the API: reason).',
    );
  const { version } = await ports.plans.save(scope, plan, reason === '' ? null : reason);
  const imported = { version, ...countsOf(plan), isNew: true };
  await ports.audit.record(scope, {
    action: 'planImported',
    subject: `version ${version}`,
    detail: { name: oneLine(plan.name, 200), workloads: String(imported.workloads), reason: oneLine(reason, 200) },
  });
  return imported;
}

function countsOf(plan: Plan): Omit<ImportedPlan, 'version' | 'isNew'> {
  const workloads = plan.waves.flatMap((wave) => wave.workloads);
  return {
    name: plan.name,
    currency: plan.currency,
    waves: plan.waves.length,
    workloads: workloads.length,
    lines: workloads.reduce((sum, workload) => sum + workload.lines.length, 0),
  };
}

function checkedPlan({ document, problems = [], placeOf = () => null, name: given }: ImportPlanInput): Plan {
  const name = oneLine(given ?? 'given', 200);
  const parsed = PlanFile.safeParse(document);
  const found = [...problems, ...(parsed.error?.issues ?? []).map((issue) => problemOf(issue, placeOf))];
  if (parsed.success && found.length === 0) return parsed.data;
  throw refusal(name, found);
}

function problemOf({ path, message }: Pick<z.core.$ZodIssue, 'path' | 'message'>, placeOf: GivenPlan['placeOf']): string {
  const what = /received undefined$/.test(message) ? 'is missing' : oneLine(message, 160);
  return `${placeOf(path) ?? pathText(path)}: ${what}`;
}

const SHOWN_PROBLEMS = 10;

function refusal(name: string, problems: readonly string[]): AdvisorError {
  const more = problems.length > SHOWN_PROBLEMS ? `; and ${problems.length - SHOWN_PROBLEMS} more` : '';
  return new AdvisorError(
    'INVALID_INPUT',
    `The plan ${name} cannot be used: ${problems.slice(0, SHOWN_PROBLEMS).join('; ')}${more}`,
    'Put these places right and import it again; the version before stays in force.',
  );
}

/** ["waves", 0, "name"] as a person writes it: waves[0].name. */
function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${oneLine(String(part), 60)}`)).join('');
  return text.replace(/^\./, '') || 'the whole file';
}
