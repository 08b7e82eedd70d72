import { z } from 'zod';
import { isDay } from '../kernel/calendar.ts';

/** Words of the interface that several procedures share. Amounts travel as decimal strings beside their currency, never as numbers. */
export const decimal = z
  .string()
  .regex(/^-?\d{1,20}(\.\d{1,18})?$/)
  .meta({ id: 'Decimal', description: 'An exact decimal number, as text.', example: '1234.5678' });

export const day = z.iso.date().refine(isDay).meta({ description: 'A UTC calendar day.', example: '2026-01-31' });
export const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .meta({ description: 'A calendar month.', example: '2026-01' });
export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .meta({ description: 'ISO 4217.', example: 'USD' });
export const instant = z.string().meta({ description: 'An instant, ISO 8601, UTC.', example: '2026-01-31T09:00:00.000Z' });

export const limit = z.number().int().min(1).max(500).default(50).meta({ description: 'Items on a page.' });
export const cursor = z.string().min(1).max(600).optional().meta({ description: 'The `next` of the page before.' });
export const next = z.string().nullable().meta({ description: 'The cursor of the next page; null on the last one.' });

export const period = z
  .object({ start: day, end: day })
  .meta({ id: 'Period', description: 'Half-open: `end` does not belong to it.' });

/** A page of AWS's documentation; `readOn` is a day or a month. */
export const linkSchema = z.object({ url: z.string(), readOn: z.string() });
