/** Code points that never belong in a name: C0 controls, DEL, C1 controls, line separators, bidirectional overrides, lone surrogates. */
const FORBIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * A stranger's text (tag, resource name, account alias) as one line that is safe to store and to lay out. It is still hostile to
 * HTML, SQL, CSV and shells: each of those has its own encoder.
 */
export function oneLine(text: string, maxLength = 512): string {
  const clean = text.replace(FORBIDDEN, '\ufffd');
  return clean.length <= maxLength ? clean : `${clean.slice(0, maxLength - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Nothing in it would be replaced by `oneLine`, whatever its length. */
export function isOneLine(text: string): boolean {
  return text.search(FORBIDDEN) < 0;
}

/** Lines and tabs as they are; whatever else could steer a terminal or turn the order of letters round is replaced. */
export function printable(text: string): string {
  return text.replace(FORBIDDEN, (found) => (found === '\n' || found === '\t' ? found : '\ufffd'));
}

/** A document as JSON in lines. JSON escapes C0 controls; what else could steer a terminal is escaped too, so that it reads back the same. */
export function printableJson(document: unknown): string {
  return (JSON.stringify(document, null, 2) ?? 'null').replace(FORBIDDEN, (found) =>
    found === '\n' ? found : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
