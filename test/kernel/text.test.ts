import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOneLine, oneLine, printable, printableJson } from '../../src/kernel/text.ts';

const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;
const hostile = fc.string({ unit: 'binary', maxLength: 40 });

describe("a stranger's text", () => {
  it('on one line has nothing that a line may not have, and is then left alone', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(oneLine(text)).not.toMatch(STEERING);
        expect(oneLine(text)).not.toMatch(/[\t\n]/);
        expect(isOneLine(oneLine(text))).toBe(true);
        expect(isOneLine(text)).toBe(oneLine(text) === text);
      }),
    );
  });

  it('in print keeps its lines and loses what steers a terminal', () => {
    expect(printable('one\u001b[2J\n\ttwo\r\u202e')).toBe('one\ufffd[2J\n\ttwo\ufffd\ufffd');
    fc.assert(fc.property(hostile, (text) => void expect(printable(text)).not.toMatch(STEERING)));
  });

  it('in JSON reads back as it was, and steers nothing either', () => {
    fc.assert(
      fc.property(fc.dictionary(hostile, hostile), (document) => {
        expect(printableJson(document)).not.toMatch(STEERING);
        expect(JSON.parse(printableJson(document))).toEqual(JSON.parse(JSON.stringify(document)));
      }),
    );
  });
});
