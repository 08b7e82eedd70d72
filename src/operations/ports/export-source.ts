import type { Month } from '../../kernel/calendar.ts';
import type { TenantScope } from '../scope.ts';
import type { Connection } from './connections.ts';
import type { PullOptions } from './cost-source.ts';

/** How the files lie in the bucket. `auto`: told by what is there. The columns of the files are told by the files themselves. */
export const EXPORT_KINDS = ['auto', 'cur', 'dataExport'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

/** `s3://bucket/prefix/name`. */
export interface ExportPlace {
  readonly bucket: string;
  /** '' where the report lies at the top of the bucket. */
  readonly prefix: string;
  readonly name: string;
  readonly kind: ExportKind;
}

export interface ExportFile {
  readonly key: string;
  readonly etag: string;
  readonly bytes: number;
}

/** One billing period that the bucket has a folder for. */
export interface ExportPeriod {
  readonly month: Month;
  readonly manifestKey: string;
}

/** What the manifest of a period says is current. */
export interface ExportManifest extends ExportPeriod {
  readonly manifestEtag: string;
  readonly assemblyId: string;
  /** Each once, however often the manifest names it. */
  readonly keys: readonly string[];
}

/** The files on this machine, until `discard` is called. */
export interface FetchedFiles {
  readonly paths: readonly string[];
  discard(): Promise<void>;
}

/** The bill as AWS delivers it to S3. One adapter. Each request is told to `options.pageBought`, at no cost. */
export interface ExportSource {
  /** Oldest first. NOT_FOUND for a bucket that is not there, DATA_UNAVAILABLE where nothing is delivered yet, ACCESS_DENIED_BY_AWS. */
  periods(connection: Connection, place: ExportPlace, options: PullOptions): Promise<readonly ExportPeriod[]>;
  /** DATA_UNAVAILABLE when there is none yet, SOURCE_ANSWER_UNREADABLE when it is cut off, too large, or names files that are not this report's. */
  manifest(connection: Connection, place: ExportPlace, period: ExportPeriod, options: PullOptions): Promise<ExportManifest>;
  /** The manifest's files as they lie there now. DATA_UNAVAILABLE when one is missing, or when AWS is delivering at this moment. */
  files(
    connection: Connection,
    place: ExportPlace,
    manifest: ExportManifest,
    options: PullOptions,
  ): Promise<readonly ExportFile[]>;
  /** Fetches and checks them. DATA_UNAVAILABLE when one changed or vanished meanwhile; nothing is left behind then. */
  fetch(connection: Connection, place: ExportPlace, files: readonly ExportFile[], options: PullOptions): Promise<FetchedFiles>;
}

/** What of one period lies in the ledger. */
export interface ImportedPeriod {
  readonly month: Month;
  readonly assemblyId: string;
  readonly manifestEtag: string;
  readonly files: readonly ExportFile[];
}

/** Which export each connection reads, and what of it was read. */
export interface ExportStore {
  of(scope: TenantScope, connectionId: string): Promise<ExportPlace | null>;
  /** Another address makes everything to be read anew; what lies in the ledger stays until then. NOT_FOUND for a foreign connection. */
  save(scope: TenantScope, connectionId: string, place: ExportPlace): Promise<void>;
  imported(scope: TenantScope, connectionId: string): Promise<readonly ImportedPeriod[]>;
  remember(scope: TenantScope, connectionId: string, runId: string, period: ImportedPeriod): Promise<void>;
}
