import { AdvisorError } from '../../kernel/failure.ts';
import type { Verb } from '../command.ts';
import { buildPortal } from '../portal-build.ts';
import { startApi } from '../server.ts';
import { runningServer } from '../server-record.ts';

/** The API and the page over what is already known; pulls nothing. */
export const serve: Verb<object> = {
  name: 'serve',
  summary: 'serve the page and the API on HOST:PORT (127.0.0.1:8080) until Ctrl-C; pulls nothing',
  examples: ['serve', 'serve --json'],
  run: async (tools) => {
    const running = await runningServer(tools.config);
    if (running)
      throw new AdvisorError(
        'CONFLICT',
        `a server of this data directory is running at ${running.url}`,
        'Use that one, or stop it first. `npx --no-install cost-pillar sign-in` prints a link.',
      );
    const house = await tools.house();
    const api = await startApi(tools.config, house);
    tools.say(`Serving on ${api.url}. Ctrl-C ends it.`);
    await buildPortal(tools.say);
    const operator = await house.directory.operator();
    const tenants = await house.directory.list();
    const known = tenants.find((tenant) => tenant.kind === 'customer') ?? operator;
    const freshness = await house.ports.ledgerReader.freshness({
      tenantId: known.id,
      actor: { kind: 'localOperator', id: 'local', label: 'local operator', role: 'viewer' },
    });
    if (freshness.dataAsOf !== null) api.ready();
    else tools.say('There are no figures yet: run sync or import, then start again.');
    await api.untilStopped();
    return { document: { url: api.url }, text: 'Stopped.' };
  },
};
