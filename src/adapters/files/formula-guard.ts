/** A spreadsheet takes what begins like this for a formula, so an apostrophe stands before it; `unguarded` takes one away again. */
const FORMULA = /^'*[=+\-@\t\r]/;

export function guarded(value: string): string {
  return FORMULA.test(value) ? `'${value}` : value;
}

export function unguarded(value: string): string {
  return value.startsWith("'") && FORMULA.test(value) ? value.slice(1) : value;
}
