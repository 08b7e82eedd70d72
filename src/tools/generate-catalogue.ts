import { catalogue } from '../advice/detectors/index.ts';
import { LOCALES } from '../kernel/locale.ts';
import { catalogueText } from './catalogue-text.ts';
import { writeGenerated } from './generated-file.ts';

const COMMAND = 'node src/tools/generate-catalogue.ts';

writeGenerated(
  new Map(LOCALES.map((locale) => [`docs/catalogue/${locale}.md`, catalogueText(catalogue, locale, COMMAND)])),
  COMMAND,
);
