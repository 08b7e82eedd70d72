import path from 'node:path';
import { z } from 'zod';
import { AdvisorError } from '../kernel/failure.ts';
import { type Locale, preferredLocale } from '../kernel/locale.ts';

/** The package's own folder: the data directory is relative to it, not to where somebody happens to stand. */
export const PACKAGE_ROOT = path.join(import.meta.dirname, '..', '..');

const DEFAULT_PORT = 8080;

const Environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(DEFAULT_PORT),
  COST_PILLAR_DATA_DIR: z.string().min(1).default('data'),
  COST_PILLAR_SECRET: z.string().min(16).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_ADMIN_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  AWS_REGION: z.string().optional(),
  COST_PILLAR_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
});

/** Everything that the environment decides, read once. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly secret: string | null;
  readonly databaseUrl: string | null;
  readonly databaseAdminUrl: string | null;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  readonly locale: Locale;
  /** Null: not said. */
  readonly awsRegion: string | null;
  /** Somebody has pointed the SDK at AWS: then no sandbox connection is made unasked. */
  readonly namesAws: boolean;
}

export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) throw wrongSetting(parsed.error, given);
  const values = parsed.data;
  return {
    host: values.HOST,
    port: values.PORT,
    dataDir: path.resolve(PACKAGE_ROOT, values.COST_PILLAR_DATA_DIR),
    secret: values.COST_PILLAR_SECRET ?? null,
    databaseUrl: values.DATABASE_URL ?? null,
    databaseAdminUrl: values.DATABASE_ADMIN_URL ?? null,
    awsRegion: values.AWS_REGION ?? null,
    logLevel: values.COST_PILLAR_LOG,
    locale: preferredLocale(environment.LC_ALL || environment.LC_MESSAGES || environment.LANG),
    namesAws: Object.keys(given).some((name) => /^AWS_(PROFILE|ACCESS_KEY_ID|ENDPOINT_URL.*)$/.test(name)),
  };
}

function wrongSetting(error: z.ZodError, given: object): AdvisorError {
  const name = String(error.issues[0]?.path[0] ?? '');
  const isSecret = /SECRET|URL/.test(name);
  const shown = isSecret ? '' : ` is "${String((given as Record<string, unknown>)[name])}"`;
  return new AdvisorError(
    'INVALID_INPUT',
    `the setting ${name}${shown}: ${error.issues[0]?.message ?? 'is not usable'}`,
    `Correct ${name} in the environment, or leave it out.`,
  );
}
