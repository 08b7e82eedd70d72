/** Code points that never belong in a name: C0 controls, DEL, C1 controls, lone surrogates, bidirectional overrides. */
const FORBIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * A stranger's text (tag, resource name, account alias) as one line that is safe to store and to lay out. It is still hostile to
 * HTML, SQL, CSV and shells: each of those has its own encoder.
 */
export function oneLine(text: string, maxLength = 512): string {
  const clean = text.replace(FORBIDDEN, '\ufffd');
  return clean.length <= maxLength ? clean : `${clean.slice(0, maxLength - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
