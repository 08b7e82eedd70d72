import { createSignInLink } from '../../operations/sign-in-link.ts';
import type { Verb } from '../command.ts';
import { runningServer } from '../server-record.ts';

/** A fresh link for the person at this machine. */
export const signIn: Verb<object> = {
  name: 'sign-in',
  summary: 'print a link that opens the page once, within 15 minutes',
  examples: ['sign-in', 'sign-in --tenant sandbox --json'],
  run: async (tools) => {
    const context = await tools.context();
    const server = await runningServer(tools.config);
    if (!server) tools.say('No server is running from this data directory; the link works once one is (`npm start`).');
    const link = await createSignInLink(context, { baseUrl: server?.url ?? `http://127.0.0.1:${tools.config.port}` });
    return { document: link, text: `Sign in: ${link.url}` };
  },
};
