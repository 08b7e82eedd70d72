import pg from 'pg';

const { builtins } = pg.types;
const asText = (value: string): string => value;

/** "2026-11-24 03:42:00.123456+00" -> "2026-11-24T03:42:00.123456Z": microseconds stay, so that it may serve as a cursor. */
function isoInstant(value: string): string {
  return value.replace(' ', 'T').replace(/\+00$/, 'Z');
}

const PARSERS: ReadonlyMap<number, (value: string) => unknown> = new Map([
  [builtins.NUMERIC, asText],
  [builtins.INT8, asText],
  [builtins.DATE, asText],
  [builtins.TIMESTAMP, asText],
  [builtins.TIMESTAMPTZ, isoInstant],
]);

/** Exact values stay text on their way to us: no amount passes through a float, no day through a time zone. */
export const valueParsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : PARSERS.get(oid)) ??
    pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
};
