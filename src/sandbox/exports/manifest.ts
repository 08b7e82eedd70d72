import { addMonths, firstDay } from '../../kernel/calendar.ts';
import type { Estate } from '../estate/types.ts';
import { dataKeys, EXPORT_BUCKET, type ExportSetup } from './layout.ts';
import { columnsOf, type Delivery, PARTS } from './month-files.ts';

/** The manifest of a delivery. Members as in the CUR guide's sample and the "Data Exports manifest file reference" (read 2026-11). */
export function manifestOf(estate: Estate, setup: ExportSetup, delivery: Delivery): Buffer {
  const keys = dataKeys(setup, delivery.month, delivery, PARTS);
  const body =
    setup.kind === 'cur' ? curManifest(estate, setup, delivery, keys) : dataExportManifest(estate, setup, delivery, keys);
  return Buffer.from(JSON.stringify(body, null, 2));
}

function curManifest(estate: Estate, setup: ExportSetup, { id, month }: Delivery, keys: readonly string[]): object {
  const instant = (day: string): string => `${day.replaceAll('-', '')}T000000.000Z`;
  return {
    assemblyId: id,
    account: payerOf(estate),
    columns: columnsOf(setup).map((column) => {
      const [category, name] = column.split('/');
      return { category, name };
    }),
    charset: 'UTF-8',
    compression: 'GZIP',
    contentType: 'text/csv',
    reportId: setup.name,
    reportName: setup.name,
    billingPeriod: { start: instant(firstDay(month)), end: instant(firstDay(addMonths(month, 1))) },
    bucket: EXPORT_BUCKET,
    reportKeys: keys,
    additionalArtifactKeys: [],
  };
}

function dataExportManifest(estate: Estate, setup: ExportSetup, { id }: Delivery, keys: readonly string[]): object {
  return {
    executionId: id,
    exportArn: `arn:aws:bcm-data-exports:us-east-1:${payerOf(estate)}:export/${setup.name}`,
    columns: columnsOf(setup).map((name) => ({ name, type: 'string' })),
    dataFiles: keys.map((key) => `s3://${EXPORT_BUCKET}/${key}`),
    additionalOutputFiles: [],
  };
}

function payerOf(estate: Estate): string {
  return estate.accounts.find(({ isPayer }) => isPayer)?.accountId ?? '';
}
