import { AdvisorError, type FailureCode } from '../../kernel/failure.ts';
import { oneLine } from '../../kernel/text.ts';
import { nameOf, type Question, RULES, TOKEN_ERRORS } from './failure-rules.ts';

/** A page token that AWS no longer takes: what was read under it is thrown away and the question is asked from the start. */
export class StaleToken extends AdvisorError {
  constructor(question: Question, cause: Error) {
    super(
      'SOURCE_ANSWER_UNREADABLE',
      `${nameOf(question)} changed its answer between two pages of ${question.operation}`,
      'Run the sync again; the figures of the last good run are unchanged.',
      { cause },
    );
    this.name = 'StaleToken';
  }
}

const NETWORK_CODES =
  /^(ECONNREFUSED|ENOTFOUND|ECONNRESET|ECONNABORTED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|EPIPE|EPROTO|ERR_TLS.*|ERR_SSL.*|CERT_.*|UNABLE_TO_.*|SELF_SIGNED.*|DEPTH_ZERO.*|ERR_SOCKET.*)$/;

/** An SDK error as a failure that a person can act on. AWS's own words go to the cause only: they may quote what was signed. */
export function failureOf(error: unknown, question: Question): AdvisorError {
  if (error instanceof AdvisorError) return error;
  const facts = factsOf(error);
  if (TOKEN_ERRORS.includes(facts.name)) return new StaleToken(question, facts.cause);
  const rule = RULES.find(
    (item) =>
      item.names.includes(facts.name) &&
      (item.says?.test(facts.message) ?? true) &&
      (item.asked === undefined || item.asked === question.operation),
  );
  if (rule) return new AdvisorError(rule.code, rule.message(question), rule.nextStep(question), { cause: facts.cause });
  const [code, message, nextStep] = otherFailure(facts, question);
  return new AdvisorError(code, message, nextStep, { cause: facts.cause });
}

function otherFailure(facts: ErrorFacts, question: Question): [FailureCode, string, string] {
  const asked = `${nameOf(question)} (${question.operation}, ${question.regionId})`;
  if ((facts.httpStatus ?? 0) >= 500) {
    return ['SOURCE_UNREACHABLE', `${asked} has a failure of its own (HTTP ${facts.httpStatus})`, 'Run this once more later.'];
  }
  if (isUnreadable(facts)) {
    return [
      'SOURCE_ANSWER_UNREADABLE',
      `The answer of ${asked} was cut off or is not what AWS sends`,
      'Run this once more; if it stays, look for a proxy between here and AWS, and at the endpoint of the connection.',
    ];
  }
  if (NETWORK_CODES.test(facts.code) || /Timeout|Networking/i.test(facts.name) || /socket hang up/.test(facts.message)) {
    return [
      'SOURCE_UNREACHABLE',
      `${asked} could not be reached`,
      'Check the network, the proxy and the endpoint of the connection, then run this once more.',
    ];
  }
  return [
    'INTERNAL',
    `${asked} did not take our question (${oneLine(facts.name, 80)})`,
    'Please report this with the log of the run: it is a fault of Cost Pillar or an endpoint that is not AWS.',
  ];
}

interface ErrorFacts {
  readonly name: string;
  readonly message: string;
  readonly code: string;
  readonly httpStatus: number | null;
  /** Text only: the SDK's own object carries the response with its headers. */
  readonly cause: Error;
}

function factsOf(error: unknown): ErrorFacts {
  const raw = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const statuses = [memberOf(raw.$metadata, 'httpStatusCode'), memberOf(raw.$response, 'statusCode')];
  const httpStatus = statuses.find((status) => typeof status === 'number') ?? null;
  const name = text(raw.name) || 'Error';
  const message = text(raw.message);
  const cause = new Error(oneLine(`${name}${httpStatus ? ` (HTTP ${httpStatus})` : ''}: ${message}`, 1000));
  return { name, message, code: text(raw.code), httpStatus, cause };
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** A 200 whose body is not the JSON (or XML) that was promised, or that ended early. */
function isUnreadable(facts: ErrorFacts): boolean {
  if (facts.name === 'SyntaxError' || facts.name === 'TypeError' || facts.name === 'RangeError') return true;
  if (/aborted|premature|unexpected end|Deserialization|JSON|invalid xml|char .* is not expected/i.test(facts.message)) {
    return !NETWORK_CODES.test(facts.code) || /aborted/i.test(facts.message);
  }
  return facts.httpStatus !== null && facts.httpStatus < 400;
}
