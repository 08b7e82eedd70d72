import { oneLine } from '../kernel/text.ts';

/** Longer than any ARN that AWS documents (2,048 characters, IAM and CloudFormation references, read 2026-11). */
const MAX_LENGTH = 2_048;

/** One shell word. Inside single quotes a shell changes nothing; a single quote itself steps out, escaped, and in again. */
export function shellQuote(text: string): string {
  const line = oneLine(text, MAX_LENGTH);
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(line) && !line.startsWith('-') ? line : `'${line.replaceAll("'", "'\\''")}'`;
}

/**
 * A quoted HCL string. `${` and `%{` would start a template; their brace is written as a Unicode escape, which is read as text only
 * (doubling the sign, HCL's own escape, is ambiguous after another one: "$$${").
 */
export function hclString(text: string): string {
  const escaped = oneLine(text, MAX_LENGTH).replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  return `"${escaped.replace(/([$%])\{/g, '$1\\u007b')}"`;
}

/** A double-quoted YAML scalar: YAML 1.2 reads every JSON string as itself. Not for `!Sub`, which expands `${`. */
export function yamlString(text: string): string {
  return JSON.stringify(oneLine(text, MAX_LENGTH));
}

/** A Terraform label or CloudFormation-like name made from an id: letters, digits, underscores; it starts with a letter. */
export function terraformName(text: string): string {
  const name = text.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
  return /^[A-Za-z]/.test(name) ? name : `resource_${name}`;
}

/** Text for behind a `#`: one line, whatever comes in. */
export function commentText(text: string): string {
  return oneLine(text, MAX_LENGTH);
}
