/**
 * The one place where HTML is made: a tagged template that escapes whatever is put into it. Values cannot change the structure of a
 * page: text is escaped, attributes must be quoted, links must be https or lead into this site, and places where escaping does not
 * protect (scripts, styles, event handlers, comments, tag names) refuse values.
 */
export class SafeHtml {
  readonly #text: string;

  /** Only `html` makes one from text; `token` is not exported. */
  constructor(text: string, token: symbol) {
    if (token !== MADE_HERE) throw new TypeError('HTML is made by the html`…` template only.');
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** `null`, `undefined` and `false` print nothing, so that `${condition && html`…`}` reads well. */
export type HtmlValue = string | number | SafeHtml | readonly HtmlValue[] | null | undefined | false;

const MADE_HERE = Symbol('made by html``');

export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): SafeHtml {
  const places = placesOf(strings);
  let text = strings[0] ?? '';
  values.forEach((value, index) => {
    text += printed(value, places[index] ?? { kind: 'text' }) + (strings[index + 1] ?? '');
  });
  return new SafeHtml(text, MADE_HERE);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

function escaped(text: string): string {
  return (
    text
      .toWellFormed()
      // Control characters are not allowed in HTML; tab and line ends are.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd')
      .replace(/[&<>"'`]/g, (character) => ESCAPES[character] ?? '')
  );
}

type Place = { readonly kind: 'text' | 'attribute' | 'url' };

function printed(value: HtmlValue, place: Place): string {
  if (value === null || value === undefined || value === false) return '';
  if (place.kind === 'text') {
    if (value instanceof SafeHtml) return value.toString();
    if (typeof value === 'object') return value.map((item) => printed(item, place)).join('');
    return escaped(String(value));
  }
  if (typeof value === 'object') throw new TypeError('An attribute takes a text or a number.');
  return escaped(place.kind === 'url' ? safeUrl(String(value)) : String(value));
}

/** https, or a path of this site, or a fragment; anything else (javascript:, data:, //elsewhere) becomes "#". */
export function safeUrl(url: string): string {
  if (/[\u0000-\u0020\\]/.test(url)) return '#';
  if (/^https:\/\/[^/]/i.test(url) && URL.canParse(url)) return url;
  return /^(#|\/(?!\/))/.test(url) ? url : '#';
}

const URL_ATTRIBUTES = new Set(['href', 'src', 'action', 'formaction', 'poster', 'cite']);
const REFUSED_ATTRIBUTE = /^(on.*|style|srcdoc|srcset)$/;
const RAW_ELEMENTS = /<(script|style|textarea|title|iframe|noscript|template|xmp|plaintext)\b[^>]*>(?![\s\S]*<\/\1)/i;

const known = new WeakMap<TemplateStringsArray, readonly Place[]>();

/** Where each value of a template stands. It depends on the template's own text only, so it is found once. */
function placesOf(strings: TemplateStringsArray): readonly Place[] {
  const before = known.get(strings);
  if (before) return before;
  let text = '';
  const places = strings.slice(0, -1).map((literal) => {
    text += literal;
    const place = placeAfter(text);
    text += 'x';
    return place;
  });
  known.set(strings, places);
  return places;
}

function placeAfter(text: string): Place {
  const openTag = lastOpenTag(text);
  if (openTag === null) {
    const raw = RAW_ELEMENTS.exec(text)?.[1]?.toLowerCase();
    if (raw !== undefined && raw !== 'title') throw new TypeError(`No value may stand inside <${raw}>.`);
    return { kind: 'text' };
  }
  const attribute = /\s([a-z][a-z0-9-]*)=(?:"[^"]*|'[^']*)$/i.exec(openTag)?.[1]?.toLowerCase();
  if (attribute === undefined) throw new TypeError('A value inside a tag must stand in a quoted attribute.');
  if (REFUSED_ATTRIBUTE.test(attribute)) throw new TypeError(`No value may stand in the attribute ${attribute}.`);
  if (!URL_ATTRIBUTES.has(attribute)) return { kind: 'attribute' };
  if (!/=["']$/.test(openTag)) return { kind: 'attribute' };
  return { kind: 'url' };
}

/** The text of the tag that is still open at the end, quotes respected; null between tags. */
function lastOpenTag(text: string): string | null {
  let start: number | null = null;
  let quote = '';
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? '';
    if (start === null) {
      if (text.startsWith('<!--', index)) throw new TypeError('A template with values has no HTML comments.');
      if (character === '<') start = index;
    } else if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") {
      quote = character;
    } else if (character === '>') {
      start = null;
    }
  }
  return start === null ? null : text.slice(start);
}
