const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES.get(sign) ?? sign);
}

type Fields = { readonly [name: string]: string | number | Fields };

function elements(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => `<${name}>${typeof value === 'object' ? elements(value) : escaped(String(value))}</${name}>`)
    .join('');
}

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** STS answers in XML, wrapped twice. */
export function queryAnswer(action: string, result: Fields, requestId: string): string {
  const body = `<${action}Result>${elements(result)}</${action}Result>`;
  return `<${action}Response xmlns="${NAMESPACE}">${body}${elements({ ResponseMetadata: { RequestId: requestId } })}</${action}Response>`;
}

export function queryError(code: string, message: string, requestId: string, status: number): string {
  const error = elements({
    Error: { Type: status >= 500 ? 'Receiver' : 'Sender', Code: code, Message: message },
    RequestId: requestId,
  });
  return `<ErrorResponse xmlns="${NAMESPACE}">${error}</ErrorResponse>`;
}
