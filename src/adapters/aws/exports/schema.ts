import { z } from 'zod';

const text = z.string().min(1).max(200);
const keys = z.array(z.string().min(1).max(1_100)).min(1).max(20_000);

/** Top manifest of a Cost and Usage Report, as far as we read it (user guide, read 2026-11). */
export const CurManifest = z.object({
  assemblyId: text,
  bucket: z.string(),
  compression: z.string(),
  billingPeriod: z.object({ start: z.string(), end: z.string() }),
  reportKeys: keys,
});

/** Manifest of a data export ("Data Exports manifest file reference", read 2026-11). It names no period: the folder it lies in does. */
export const DataExportManifest = z.object({ executionId: text, dataFiles: keys });
