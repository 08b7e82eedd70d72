import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApiDocument } from '../../src/api/openapi.ts';
import { appRouter } from '../../src/api/router.ts';
import { type Json, serveMemory, type TestServer } from './test-server.ts';

let server: TestServer;
let document: Json;
beforeAll(async () => {
  ({ server } = await serveMemory());
  document = (await server.json('/openapi.json')).body;
});
afterAll(() => server.listening.close());

const operations = (): { where: string; operation: Json }[] =>
  Object.entries<Json>(document.paths).flatMap(([path, methods]) =>
    Object.entries<Json>(methods).map(([method, operation]) => ({ where: `${method} ${path}`, operation })),
  );

describe('the interface description', () => {
  it('is OpenAPI 3.1 and public', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.info).toMatchObject({ title: 'Cost Pillar', version: expect.any(String) });
    expect(document.servers).toEqual([{ url: '/api/v1' }]);
  });

  it('has every procedure once, with a summary and a name of its own', () => {
    const names = Object.keys(appRouter._def.procedures).map((path) => path.replace('.', '-'));
    expect(
      operations()
        .map(({ operation }) => operation.operationId)
        .toSorted(),
    ).toEqual(names.toSorted());
    for (const { where, operation } of operations()) expect(operation.summary, where).toMatch(/\w+ \w+/);
  });

  it('says for every address what comes back, good or bad, and that a key is needed', () => {
    for (const { where, operation } of operations()) {
      expect(Object.keys(operation.responses), where).toEqual(['200', '400', '401', '403', '404', '429', '500']);
      expect(operation.responses[200].content['application/json'].schema, where).toBeDefined();
      expect(operation.responses[401].content['application/json'].schema).toEqual({ $ref: '#/components/schemas/Problem' });
      expect(operation.security, where).toEqual([{ key: [] }]);
    }
  });

  it('has no reference that leads nowhere', () => {
    const references = JSON.stringify(document).match(/"\$ref":"[^"]+"/g) ?? [];
    expect(references.length).toBeGreaterThan(10);
    for (const reference of references) {
      const path = reference.slice('"$ref":"#/'.length, -1).split('/');
      expect(
        path.reduce<Json>((at, part) => at?.[part], document),
        reference,
      ).toBeDefined();
    }
  });

  it('declares every parameter that stands in an address', () => {
    for (const { where, operation } of operations()) {
      const inAddress = [...where.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const declared = (operation.parameters ?? []).filter((item: Json) => item.in === 'path');
      expect(
        declared.map((item: Json) => item.name),
        where,
      ).toEqual(inAddress);
      for (const item of declared) expect(item.required).toBe(true);
    }
  });

  it('speaks of money in text, never in numbers', () => {
    const numbers = JSON.stringify(document.components.schemas).match(
      /"(\w*(?:cost|savings|amount|total)\w*)":\{"type":"(number|integer)"/gi,
    );
    expect(numbers).toBeNull();
  });

  it('is the same each time it is made', () => {
    expect(JSON.parse(JSON.stringify(openApiDocument()))).toEqual(document);
  });
});

describe('the page of the interface description', () => {
  it('asks nothing of any other server', async () => {
    const page = await (await server.fetch('/docs')).text();
    const initializer = await (await server.fetch('/docs/initializer.js')).text();
    expect(`${page}${initializer}`).not.toMatch(/https?:\/\/|\/\/cdn|petstore/);
    expect(initializer).toContain("url: '/openapi.json'");
    expect(initializer).toContain('validatorUrl: null');
    const addresses = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(addresses.length).toBe(4);
    for (const address of addresses) expect((await server.fetch(address)).status, address).toBe(200);
  });

  it('runs no script that stands in the page', async () => {
    const response = await server.fetch('/docs');
    expect(response.headers.get('content-security-policy')).toMatch(/script-src 'self'(;|$)/);
    expect(await response.text()).not.toMatch(/<script(?![^>]*src=)/);
  });

  it('serves its own files and nothing else of the package', async () => {
    expect((await server.fetch('/docs/swagger-initializer.js')).status).toBe(404);
    expect((await server.fetch('/docs/package.json')).status).toBe(404);
  });
});
