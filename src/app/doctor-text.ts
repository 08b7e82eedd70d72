import { formatMoney } from '../kernel/locale.ts';
import type { DoctorCheck, DoctorReport } from '../operations/doctor.ts';

const SIGN = { ok: 'ok     ', partial: 'partly ', off: 'OFF    ', broken: 'BROKEN ' } as const;
const INDENT = ' '.repeat(9);

/** The report for a terminal: a line for each thing seen, below it what to do and what its lack costs. */
export function doctorText({ checks, requestCost }: DoctorReport): string {
  const cost = `This look cost ${formatMoney(requestCost, 'USD', 'en', 2)} in requests.`;
  return [...checks.flatMap(linesOf), cost].join('\n');
}

function linesOf({ state, connection, what, regionId, finding, nextStep, consequence, adviceLost }: DoctorCheck): string[] {
  const place = `${connection === null ? '' : `${connection}: `}${what}${regionId === null ? '' : ` in ${regionId}`}`;
  const below = [
    nextStep,
    consequence === null ? null : `without it: ${consequence}`,
    adviceLost.length === 0 ? null : `advice lost${state === 'partial' ? ' there' : ''}: ${shortened(adviceLost)}`,
  ];
  return [`${SIGN[state]}  ${place}: ${finding}`, ...below.filter((text) => text !== null).map((text) => `${INDENT}${text}`)];
}

/** Whole lists are in the document; a line of eighty names is read by nobody. */
const MOST_NAMES = 6;

function shortened(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return more <= 0 ? names.join(', ') : `${names.slice(0, MOST_NAMES).join(', ')} and ${more} more`;
}
