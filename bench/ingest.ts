import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { joinEmbedded } from '../src/adapters/postgres/embedded/index.ts';
import { readConfig } from '../src/app/config.ts';
import { openHouse } from '../src/app/wire.ts';
import { atLeast, atMost, type Bench, information, median } from './support/bench.ts';
import { LINES, writeCurFile } from './support/cur-file.ts';
import { peerImport } from './support/peer-import.ts';

const ROUNDS = 5;
const SPEED_GOAL = 0.5;
const MEMORY_GOAL_MEGABYTES = 500;

/**
 * A month of hourly lines as Parquet, imported from end to end by the product in a process of its own, beside DuckDB's roll-up of the same
 * file with COPY into a TEMP table and INSERT … SELECT of the same rows. Both against one embedded Postgres, in turns.
 */
export const ingest: Bench = async ({ print }) => {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-ingest-'));
  fs.chmodSync(dataDir, 0o711);
  const file = path.join(dataDir, 'cur.parquet');
  const environment = { ...process.env, COST_PILLAR_DATA_DIR: dataDir, DATABASE_URL: '', DATABASE_ADMIN_URL: '' };
  const embedded = await joinEmbedded({ dataDir });
  try {
    await (await openHouse(readConfig(environment))).close();
    print(`Writing ${LINES} hourly lines`);
    await writeCurFile(file, 1);
    const ours: Import[] = [];
    const peers: { milliseconds: number; rows: number }[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      peers.push(await peerImport(file, embedded.adminUrl));
      ours.push(await importInChild(file, `round ${round}`, environment));
      print(
        `round ${round}: peer ${Math.round(peers.at(-1)?.milliseconds ?? 0)} ms, import ${Math.round(ours.at(-1)?.milliseconds ?? 0)} ms`,
      );
    }
    return figuresOf(ours, peers);
  } finally {
    await embedded.leave();
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
};

interface Import {
  readonly milliseconds: number;
  readonly rows: number;
  readonly peakMegabytes: number;
}

async function importInChild(file: string, tenant: string, environment: NodeJS.ProcessEnv): Promise<Import> {
  const child = path.join(import.meta.dirname, 'support/import-once.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [child, file, tenant], { env: environment });
  return JSON.parse(stdout) as Import;
}

function figuresOf(
  ours: readonly Import[],
  peers: readonly { milliseconds: number; rows: number }[],
): ReturnType<typeof atLeast>[] {
  const ratios = ours.map((own, round) => (peers[round]?.milliseconds ?? Number.NaN) / own.milliseconds);
  const seconds = median(ours.map((own) => own.milliseconds)) / 1000;
  return [
    atLeast('speed beside DuckDB, TEMP COPY and INSERT of the same rows', median(ratios), SPEED_GOAL, 'ratio'),
    atMost(
      'most memory of the importing process',
      Math.max(...ours.map((own) => own.peakMegabytes)),
      MEMORY_GOAL_MEGABYTES,
      'MB',
    ),
    information('lines imported a second', LINES / seconds, 'lines/s'),
    information('lines of the file', ours[0]?.rows ?? 0, 'lines'),
    information('rows after the roll-up to days', peers[0]?.rows ?? 0, 'rows'),
    information('import', seconds, 's'),
    information('peer', median(peers.map((peer) => peer.milliseconds)) / 1000, 's'),
  ];
}
