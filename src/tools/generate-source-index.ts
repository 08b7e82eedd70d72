import { writeFolderIndex } from './folder-index.ts';

/** The explicit list of what `sync` pulls. */
writeFolderIndex({
  folder: 'src/operations/sync/sources',
  command: 'node src/tools/generate-source-index.ts',
  type: 'Source',
  typeFile: '../source.ts',
  list: 'SOURCES',
});
