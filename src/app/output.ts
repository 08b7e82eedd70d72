import { printable, printableJson } from '../kernel/text.ts';

/** The only ways to stdout and stderr, so that no name of a stranger's steers the terminal. */
export function print(text: string): void {
  process.stdout.write(`${printable(text)}\n`);
}

/** One JSON document on stdout. */
export function printDocument(document: unknown): void {
  process.stdout.write(`${printableJson(document)}\n`);
}

/** For the person, on stderr. */
export function remark(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}
