import { readConfig } from '../../src/app/config.ts';
import { localContext } from '../../src/app/house.ts';
import { openHouse } from '../../src/app/wire.ts';
import { importFiles } from '../../src/operations/import-files.ts';

/** One import in a process of its own: prints how long it took, how many lines came in and the most memory the process ever held. */
async function main(file: string, tenantName: string): Promise<void> {
  const house = await openHouse(readConfig(process.env));
  try {
    const tenant = await house.directory.create({ name: tenantName, locale: 'en' });
    const context = localContext(house, tenant, { locale: 'en', progress: null });
    const started = performance.now();
    const { rows } = await importFiles(context, { paths: [file], opened: await house.ports.billFiles.open([file]) });
    const milliseconds = performance.now() - started;
    console.log(JSON.stringify({ milliseconds, rows, peakMegabytes: process.resourceUsage().maxRSS / 1024 }));
  } finally {
    await house.close();
  }
}

await main(process.argv[2] ?? '', process.argv[3] ?? '');
