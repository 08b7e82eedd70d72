import type { Day } from '../../kernel/calendar.ts';
import type { Locale } from '../../kernel/locale.ts';
import type { Plan } from '../../plan/plan.ts';

export const PLAN_FORMATS = ['json', 'csv', 'xlsx'] as const;
export type PlanFormat = (typeof PLAN_FORMATS)[number];

/** A plan as somebody handed it in, not checked yet. */
export interface GivenPlan {
  readonly document: unknown;
  /** What the file itself is wrong about, each with its place. */
  readonly problems: readonly string[];
  /** Where in the file a place of the document stands, as "row 7, column owner"; null where the file is the document. */
  placeOf(path: readonly PropertyKey[]): string | null;
}

/** A plan as a file: JSON, or a table of its lines. */
export interface PlanFiles {
  /** What it is shows in what it holds, not in its name. FILE_UNREADABLE names the file, INVALID_INPUT what its table lacks. */
  read(path: string): Promise<GivenPlan>;
  /** An estimate of the AWS Pricing Calculator as a plan of which nobody has said yet what its workloads match. */
  ofEstimate(path: string, cutOver: Day): Plan;
  /** What `read` gives back the same; headings in the language. */
  bytes(plan: Plan, format: PlanFormat, locale: Locale): Promise<Buffer>;
}
