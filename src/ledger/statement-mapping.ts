import { z } from 'zod';
import { isOneLine } from '../kernel/text.ts';

const OneLine = z.string().refine(isOneLine, 'has control characters or turns the order of letters round');
/** A column by its heading, as a person reads it: capitals, full-width forms and white space do not matter; merged headings joined by a space. */
const Heading = OneLine.trim().min(1).max(200);
const Label = OneLine.trim().min(1).max(100);
const MonthText = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

/** How a reseller's monthly statement is read. Versioned per tenant; everything that differs between resellers is here and nothing is guessed. */
export const StatementMapping = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
    .describe('What to call it: small letters, digits and hyphens'),
  issuer: Label.describe('Who sends the statement'),
  customerId: Label.describe('Our number with them; stands for the account where the statement names none'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('JPY'),
  encoding: z.enum(['utf-8', 'shift_jis']).default('utf-8').describe('Of CSV; shift_jis is what Excel in Japan saves (CP932)'),
  delimiter: z.enum([',', '\t', ';']).default(','),
  sheet: OneLine.min(1).max(100).nullable().default(null).describe('Of XLSX; null is the first'),
  headerRow: z.int().min(1).max(100).default(1).describe('The first row of headings, counted from 1'),
  headerRows: z.int().min(1).max(3).default(1).describe('More than one where headings are merged'),
  columns: z.strictObject({
    account: Heading.nullable().default(null),
    service: Heading.nullable().default(null),
    description: Heading.nullable().default(null),
    amount: Heading.nullable().default(null).describe('Null where each month has a column of its own'),
    tax: Heading.nullable().default(null).describe('Tax of the line, in addition to the amount'),
  }),
  months: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('given') }).describe('One month a file, named at the import'),
      z.strictObject({ kind: z.literal('cell'), row: z.int().min(1).max(100), column: z.int().min(1).max(100) }),
      z.strictObject({ kind: z.literal('column'), heading: Heading }),
      z.strictObject({
        kind: z.literal('headings'),
        firstMonth: MonthText.nullable().default(null).describe('For headings without a year: the first month they may mean'),
      }),
    ])
    .default({ kind: 'given' }),
  unit: z
    .union([z.literal(1), z.literal(1000)])
    .default(1)
    .describe('1000 where amounts are in thousands'),
  taxIncludedPercent: z
    .number()
    .min(0.1)
    .max(50)
    .nullable()
    .default(null)
    .describe('Where amounts include tax: its rate. The net is rounded to the yen, the rest is tax'),
  taxLabels: z.array(Label).max(20).default(['消費税']).describe('A row of which a text begins so is tax'),
  skipLabels: z.array(Label).max(50).default(['小計']).describe('A row of which a text begins so repeats others'),
  totals: z
    .array(z.strictObject({ label: Label, of: z.enum(['withoutTax', 'withTax', 'tax']) }))
    .min(1)
    .max(10)
    .describe('Rows that state a sum; each must be met to the last digit'),
});
export type StatementMapping = z.infer<typeof StatementMapping>;
