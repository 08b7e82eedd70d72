import { generateOpenApiDocument, type OpenAPIObject } from 'trpc-to-openapi';
import { problemSchema } from './errors.ts';
import { appRouter } from './router.ts';

const WORDS = `Why a migrated company pays more than planned, and what to do about it.

Amounts are exact decimal numbers as text, beside their currency. Days are UTC days; periods end exclusively. Every figure names its
basis: runningCost or invoiceCost. Texts come in the language of Accept-Language (en, ja). Lists are read page by page: send \`next\`
back as \`cursor\`, with the same sort.`;

/** The interface description, OpenAPI 3.1, made from the procedures themselves. */
export function openApiDocument(): OpenAPIObject {
  const document = generateOpenApiDocument(appRouter, {
    title: 'Cost Pillar',
    description: WORDS,
    version: '1.0.0',
    baseUrl: '/api/v1',
    securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'cost-pillar key create' } },
    defs: { Problem: problemSchema },
  });
  return withOurProblems(document);
}

const PROBLEM = { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } };
const WORD_OF_STATUS: Readonly<Record<string, string>> = {
  400: 'The input is not of the documented form',
  401: 'Not signed in',
  403: 'Not allowed for this key',
  404: 'Not there, or not yours',
  429: 'Too many requests',
  500: 'Something went wrong inside',
};

/** The library describes its own shape of errors; ours is the same everywhere. */
function withOurProblems(document: OpenAPIObject): OpenAPIObject {
  for (const path of Object.values(document.paths ?? {})) {
    for (const operation of [path.get, path.post, path.delete]) {
      if (operation === undefined) continue;
      const success = operation.responses?.['200'];
      const problems = Object.entries(WORD_OF_STATUS).map(([status, description]) => [status, { description, content: PROBLEM }]);
      operation.responses = { ...(success ? { 200: success } : {}), ...Object.fromEntries(problems) };
    }
  }
  const schemas = document.components?.schemas ?? {};
  for (const name of Object.keys(schemas)) if (name.startsWith('error.')) delete schemas[name];
  return document;
}
