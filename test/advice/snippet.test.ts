import { spawnSync } from 'node:child_process';
import { parse } from '@cdktf/hcl2json';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commentText, hclString, shellQuote, terraformName, yamlString } from '../../src/advice/snippet.ts';
import { oneLine } from '../../src/kernel/text.ts';

const NASTY = [
  '$(touch /tmp/owned)',
  '`id`',
  "it's",
  "'; rm -rf / #",
  '"quoted"',
  'back\\slash',
  '\u0024{file("/etc/passwd")}',
  '%{ if true }x%{ endif }',
  '$\u0024{x}',
  '$$\u0024{x}',
  '%%{',
  'a\nb',
  '-rf',
  '',
  '日本語 👍',
  '\u2028line',
];
const hostile = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(fc.constantFrom('$', '{', '}', '%', '"', "'", '\\', '`', '\n', ' ', '#', '*', '~', '!', ';', '&', '|', 'a'), {
      maxLength: 20,
    })
    .map((parts) => parts.join('')),
);

describe('a stranger’s text in a snippet', () => {
  it('stays one word for a shell, with nothing expanded', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 40 }), (texts) => {
        const script = texts.map((text) => `printf '%s\\0' ${shellQuote(text)}`).join('\n');
        const { stdout, status } = spawnSync('sh', ['-c', script], { encoding: 'utf8', env: {} });
        expect(status).toBe(0);
        expect(stdout.split('\0').slice(0, -1)).toEqual(texts.map((text) => oneLine(text, 2048)));
      }),
      { numRuns: 40 },
    );
  });

  it('is never taken for an option', () => {
    expect(shellQuote('-rf')).toBe("'-rf'");
  });

  it('stays a plain string for Terraform', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { minLength: 1, maxLength: 20 }), async (texts) => {
        const source = texts.map((text, index) => `a${index} = ${hclString(text)}`).join('\n');
        const read = (await parse('main.tf', source)) as Record<string, string>;
        texts.forEach((text, index) => {
          expect(read[`a${index}`]).toBe(asWrittenBack(oneLine(text, 2048)));
        });
      }),
      { numRuns: 60 },
    );
  });

  it('stays a string for YAML, which reads JSON', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(JSON.parse(yamlString(text))).toBe(oneLine(text, 2048));
      }),
    );
  });

  it('cannot leave a comment', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(commentText(text)).not.toMatch(/[\n\r]/);
      }),
    );
  });

  it('makes a name that Terraform takes', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(terraformName(text)).toMatch(/^[A-Za-z][A-Za-z0-9_]*$/);
      }),
    );
  });
});

/** HCL reads text as NFC; hcl2json escapes a literal brace when it writes it back, where an expression stays as it was. */
function asWrittenBack(text: string): string {
  return text.normalize('NFC').replace(/([$%])\{/g, (whole, sign) => `${sign}${whole}`);
}
