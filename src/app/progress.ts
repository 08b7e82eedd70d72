import { oneLine } from '../kernel/text.ts';
import type { Progress } from '../operations/context.ts';

/** Progress on stderr: one line that is rewritten on a terminal, one line a step elsewhere; nothing when nobody wants it. */
export function progressOn(stream: NodeJS.WriteStream, wanted: boolean): Progress | null {
  if (!wanted) return null;
  let last = '';
  return ({ what: given, done, of }) => {
    const what = oneLine(given, 200);
    if (stream.isTTY) {
      const count = of === null ? '' : ` ${done}/${of}`;
      stream.write(`\r\u001b[2K${what}${count}${of !== null && done >= of ? '\n' : ''}`);
    } else if (what !== last) {
      stream.write(`${what}…\n`);
    }
    last = what;
  };
}
