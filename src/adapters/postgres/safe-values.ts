/** jsonb and text refuse NUL, jsonb also lone surrogates; a hostile tag must not spoil the batch that it arrives in. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\ufffd');
}

/** A value as a jsonb parameter. Keys are cleaned like values; the result is text, so a "__proto__" stays what it is. */
export function asJsonb(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item === 'string') return storableText(item);
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
    const isClean = Object.keys(item).every((key) => key === storableText(key));
    return isClean ? item : Object.fromEntries(Object.entries(item).map(([key, inner]) => [storableText(key), inner]));
  });
}
