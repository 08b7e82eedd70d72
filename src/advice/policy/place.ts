import { isMap, isPair, isScalar, LineCounter, type ParsedNode, parseDocument } from 'yaml';

/** Where something stands in a file, and what is wrong with it. Lines and columns count from 1. */
export interface PolicyProblem {
  readonly line: number;
  readonly column: number;
  /** "layers.0.detectors.ebs-volume-gp2"; empty: the whole file. */
  readonly path: string;
  readonly reason: string;
}

export type Path = readonly PropertyKey[];

/** A file with the place of each of its parts. */
export interface PlacedYaml {
  readonly value: unknown;
  /** What makes it no YAML at all. */
  readonly problems: readonly PolicyProblem[];
  /** `key`: of the word itself and not of what follows it. */
  problemAt(path: Path, reason: string, key?: boolean): PolicyProblem;
  /** At a character of a one-line text that stands at this path. */
  problemInside(path: Path, offset: number, reason: string): PolicyProblem;
}

/** A few lines of anchors can unfold to more than any machine holds. */
const MOST_ALIASES = 100;

/** Words alone: no tags, anchors at most as many as people write. A word given twice is a problem, not the last one. */
export function placedYaml(text: string): PlacedYaml {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, schema: 'core', uniqueKeys: true, prettyErrors: false });
  const at = (offset: number, path: Path, reason: string): PolicyProblem => {
    const { line, col } = counter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col), path: path.map(String).join('.'), reason };
  };
  const nodeAt = (path: Path): ParsedNode | null => (document.getIn(path as string[], true) as ParsedNode | undefined) ?? null;
  const startOf = (path: Path, key: boolean): number => {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const known = path.slice(0, depth);
      const start = (key ? keyStart(nodeAt(known.slice(0, -1)), known.at(-1)) : null) ?? nodeAt(known)?.range?.[0];
      if (start !== undefined && start !== null) return start;
    }
    return document.contents?.range?.[0] ?? 0;
  };
  const problems = [...document.errors, ...document.warnings].map((error) => at(error.pos[0], [], firstLine(error.message)));
  let value: unknown = null;
  try {
    if (problems.length === 0) value = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    problems.push(at(0, [], error instanceof Error ? firstLine(error.message) : String(error)));
  }
  return {
    value,
    problems,
    problemAt: (path, reason, key = false) => at(startOf(path, key), path, reason),
    problemInside: (path, offset, reason) => {
      const node = nodeAt(path);
      // Only in a plain or quoted text of one line is the place inside the file the place inside the text.
      const isOneLine = isScalar(node) && (node.type === 'PLAIN' || node.type === 'QUOTE_SINGLE' || node.type === 'QUOTE_DOUBLE');
      const quote = isOneLine && node.type !== 'PLAIN' ? 1 : 0;
      return at(startOf(path, false) + (isOneLine ? quote + offset : 0), path, reason);
    },
  };
}

function keyStart(node: ParsedNode | null, key: PropertyKey | undefined): number | null {
  if (!isMap(node)) return null;
  const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(key));
  return (pair?.key as ParsedNode | undefined)?.range?.[0] ?? null;
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
