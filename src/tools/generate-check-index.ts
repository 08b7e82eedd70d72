import { writeFolderIndex } from './folder-index.ts';

/** The explicit list of what the doctor looks at. */
writeFolderIndex({
  folder: 'src/operations/doctor/checks',
  command: 'node src/tools/generate-check-index.ts',
  type: 'Check',
  typeFile: '../check.ts',
  list: 'CHECKS',
});
