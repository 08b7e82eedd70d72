import type { ExportPlace } from '../../../operations/ports/export-source.ts';
import { rootOf } from './layout.ts';

/** Listing is a permission on the bucket, reading one on the keys of the report alone. */
export function exportArns(place: Pick<ExportPlace, 'bucket' | 'prefix' | 'name'>): readonly string[] {
  const bucket = `arn:aws:s3:::${place.bucket}`;
  return [bucket, `${bucket}/${rootOf(place)}*`];
}
