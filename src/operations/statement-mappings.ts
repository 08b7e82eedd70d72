import { AdvisorError } from '../kernel/failure.ts';
import { oneLine } from '../kernel/text.ts';
import { StatementMapping } from '../ledger/statement-mapping.ts';
import type { Context } from './context.ts';
import type { SavedMapping } from './ports/statement-mappings.ts';

/** Keeps how a reseller's statement is read, as the newest version of that name. INVALID_INPUT names each problem by its path. */
export async function saveStatementMapping(
  context: Context,
  input: { readonly text: string },
): Promise<{ readonly name: string; readonly version: number }> {
  const mapping = readStatementMapping(input.text);
  const { version } = await context.ports.statementMappings.save(context.scope, mapping);
  await context.ports.audit.record(context.scope, {
    action: 'statementMappingSaved',
    subject: mapping.name,
    detail: { version: String(version) },
  });
  return { name: mapping.name, version };
}

export function listStatementMappings({ ports, scope }: Context): Promise<readonly SavedMapping[]> {
  return ports.statementMappings.list(scope);
}

/** NOT_FOUND names the mappings that there are. */
export async function statementMapping(context: Context, name: string): Promise<SavedMapping> {
  const all = await listStatementMappings(context);
  const found = all.find(({ mapping }) => mapping.name === name);
  if (found) return found;
  throw new AdvisorError(
    'NOT_FOUND',
    `There is no mapping "${oneLine(name, 64)}".`,
    all.length === 0
      ? 'Save one: cost-pillar mapping save <file>.'
      : `There are: ${all.map(({ mapping }) => mapping.name).join(', ')}.`,
  );
}

/** A mapping as the text of a JSON file. */
export function readStatementMapping(text: string): StatementMapping {
  const parsed = StatementMapping.safeParse(readJson(text));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues
    .slice(0, 10)
    .map((issue) => `${issue.path.join('.') || 'the mapping'}: ${oneLine(issue.message, 160)}`);
  throw new AdvisorError(
    'INVALID_INPUT',
    `The mapping cannot be used: ${problems.join('; ')}.`,
    'Put these right; nothing was saved.',
  );
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    throw new AdvisorError('INVALID_INPUT', 'The mapping is not JSON.', 'Write the mapping as a JSON file.', { cause });
  }
}
