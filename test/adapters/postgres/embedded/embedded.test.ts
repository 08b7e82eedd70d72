import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, expect, it } from 'vitest';
import { joinEmbedded } from '../../../../src/adapters/postgres/embedded/index.ts';
import { isAlive } from '../../../../src/adapters/process-alive.ts';

const directories: string[] = [];

afterEach(() => {
  for (const directory of directories.splice(0)) {
    stopWhateverRuns(directory);
    fs.rmSync(directory, { recursive: true, force: true });
  }
});

it('is found by the second who joins, and stops when the last one leaves', async () => {
  const dataDir = scratch();
  const first = await joinEmbedded({ dataDir, fsync: false });
  const second = await joinEmbedded({ dataDir, fsync: false });

  expect(second.pid).toBe(first.pid);
  await first.leave();
  expect(isAlive(second.pid)).toBe(true);
  expect(await answer(second.adminUrl)).toBe(1);
  await second.leave();
  expect(isAlive(second.pid)).toBe(false);
});

it('lets four processes start at once and gives all of them the same server', async () => {
  const dataDir = scratch();
  const servers = await Promise.all([1, 2, 3, 4].map(() => joinEmbedded({ dataDir, fsync: false })));

  expect(new Set(servers.map((server) => server.pid)).size).toBe(1);
  for (const server of servers) await server.leave();
  expect(isAlive(servers[0]?.pid ?? 0)).toBe(false);
});

it('is adopted after its starter was killed, with every committed row, and then stops with the one who adopted it', async () => {
  const dataDir = scratch();
  const starter = startInChild(dataDir);
  const { url, pid } = await starter.ready;
  const client = new pg.Client(url);
  await client.connect();
  await client.query('create table kept(n int); insert into kept values (41), (42)');
  await client.end();
  starter.kill();

  const heir = await joinEmbedded({ dataDir, fsync: false });

  expect(heir.pid).toBe(pid);
  const again = new pg.Client(heir.adminUrl);
  await again.connect();
  expect((await again.query('select sum(n)::int as sum from kept')).rows[0].sum).toBe(83);
  await again.end();
  await heir.leave();
  expect(isAlive(pid)).toBe(false);
});

it('comes back after the server itself was killed', async () => {
  const dataDir = scratch();
  const before = await joinEmbedded({ dataDir });
  const client = new pg.Client(before.adminUrl);
  client.on('error', () => {});
  await client.connect();
  await client.query('create table kept(n int); insert into kept values (7)');
  process.kill(before.pid, 'SIGKILL');
  await before.leave();

  const after = await joinEmbedded({ dataDir });

  const again = new pg.Client(after.adminUrl);
  await again.connect();
  expect((await again.query('select n from kept')).rows).toEqual([{ n: 7 }]);
  await again.end();
  await after.leave();
});

it('says which directory it cannot write, and what to do', async () => {
  const parent = scratch();
  const file = path.join(parent, 'occupied');
  fs.writeFileSync(file, '');

  await expect(joinEmbedded({ dataDir: file })).rejects.toMatchObject({
    code: 'DATA_DIRECTORY_NOT_WRITABLE',
    message: expect.stringContaining(file),
    nextStep: expect.stringContaining('COST_PILLAR_DATA_DIR'),
  });
});

it.skipIf(process.getuid?.() !== 0)('makes a new cluster when pg-location names one with another id', async () => {
  const closed = scratch(0o700);
  const dataDir = path.join(closed, 'data');
  fs.mkdirSync(dataDir);
  fs.writeFileSync(
    path.join(dataDir, 'pg-location'),
    JSON.stringify({ id: 'of-another-machine', directory: path.join(closed, 'nowhere', 'pg') }),
  );

  const server = await joinEmbedded({ dataDir, fsync: false });

  const placed = JSON.parse(fs.readFileSync(path.join(dataDir, 'pg-location'), 'utf8')) as { id: string; directory: string };
  expect(placed.id).not.toBe('of-another-machine');
  expect(await answer(server.adminUrl)).toBe(1);
  await server.leave();
  fs.rmSync(path.dirname(placed.directory), { recursive: true, force: true });
});

function scratch(mode = 0o711): string {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'embedded pg '));
  fs.chmodSync(directory, mode);
  directories.push(directory);
  return directory;
}

async function answer(url: string): Promise<number> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ one: number }>('select 1 as one');
  await client.end();
  return rows[0]?.one ?? 0;
}

function startInChild(dataDir: string): { ready: Promise<{ url: string; pid: number }>; kill: () => void } {
  const module = new URL('../../../../src/adapters/postgres/embedded/index.ts', import.meta.url).href;
  const script = `const { joinEmbedded } = await import(${JSON.stringify(module)});
    const server = await joinEmbedded({ dataDir: ${JSON.stringify(dataDir)}, fsync: false });
    console.log(JSON.stringify({ url: server.adminUrl, pid: server.pid })); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ready = new Promise<{ url: string; pid: number }>((resolve) => {
    child.stdout.once('data', (line: Buffer) => resolve(JSON.parse(String(line))));
  });
  return { ready, kill: () => child.kill('SIGKILL') };
}

function stopWhateverRuns(directory: string): void {
  try {
    const pid = Number(fs.readFileSync(path.join(directory, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0]);
    if (pid > 1) execFileSync('kill', ['-INT', String(pid)]);
    for (let i = 0; i < 40 && isAlive(pid); i++) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  } catch {
    // it has stopped already
  }
}
