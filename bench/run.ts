import os from 'node:os';
import { parseArgs } from 'node:util';
import { type Bench, table } from './support/bench.ts';

/** What can be measured. Each is loaded only when asked for. */
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  calibration: async () => (await import('./calibration.ts')).calibration,
  commitments: async () => (await import('./commitments.ts')).commitments,
  'advice-against-truth': async () => (await import('./advice-against-truth.ts')).adviceAgainstTruth,
  engine: async () => (await import('./engine.ts')).engine,
  ingest: async () => (await import('./ingest.ts')).ingest,
  ledger: async () => (await import('./ledger.ts')).ledger,
  requests: async () => (await import('./requests.ts')).requests,
};

const USAGE = `Usage: npm run -s bench -- <name> [--json] [--seeds N] [--resources N]
  names: ${Object.keys(BENCHES).join(', ')}`;

async function main(argv: readonly string[]): Promise<number> {
  const asked = read(argv);
  const load = asked && BENCHES[asked.name];
  if (!asked || !load) {
    console.error(USAGE);
    return 2;
  }
  const print = asked.json ? () => {} : (text: string) => console.log(text);
  const bench = await load();
  const figures = await bench({ seeds: asked.seeds, resources: asked.resources, rows: asked.rows, print });
  const document = { name: asked.name, machine: machine(), figures };
  if (asked.json) console.log(JSON.stringify(document, null, 2));
  else {
    const rows = figures.map(({ what, value, unit, goal, holds }) => [what, value, unit, goal ?? '', mark(holds)]);
    console.log(`\n${asked.name} on ${document.machine}\n${table(['what', 'value', 'unit', 'goal', ''], rows)}`);
  }
  return 0;
}

interface Asked {
  readonly name: string;
  readonly json: boolean;
  readonly seeds: number;
  readonly resources: number | null;
  readonly rows: number | null;
}

function read(argv: readonly string[]): Asked | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        seeds: { type: 'string' },
        resources: { type: 'string' },
        rows: { type: 'string' },
      },
    });
    const seeds = Number(values.seeds ?? 5);
    const [resources, rows] = [values.resources, values.rows].map((given) => (given === undefined ? null : Number(given)));
    const [name, ...rest] = positionals;
    const counts = [seeds, resources ?? null, rows ?? null].filter((count) => count !== null);
    if (name === undefined || rest.length > 0 || !counts.every(isCount)) return null;
    return { name, json: values.json, seeds, resources: resources ?? null, rows: rows ?? null };
  } catch {
    return null;
  }
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}

function mark(holds: boolean | null): string {
  if (holds === null) return '';
  return holds ? 'holds' : 'DOES NOT HOLD';
}

function machine(): string {
  const cpus = os.cpus();
  return `${cpus.length} x ${cpus[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
}

process.exitCode = await main(process.argv.slice(2));
