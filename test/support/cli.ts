import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..', '..');
const CLI = path.join(ROOT, 'src', 'app', 'cli.ts');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The program as a person meets it: a process of its own, with a data directory of its own and nothing of our environment that matters. */
export class Installation {
  readonly dataDir: string;
  readonly #environment: NodeJS.ProcessEnv;

  constructor(environment: NodeJS.ProcessEnv = {}) {
    this.dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'installation-'));
    fs.chmodSync(this.dataDir, 0o711);
    const { PATH, HOME } = process.env;
    this.#environment = { PATH, HOME, LANG: 'en_US.UTF-8', PORT: '0', COST_PILLAR_DATA_DIR: this.dataDir, ...environment };
  }

  begin(
    args: readonly string[],
    environment: NodeJS.ProcessEnv = {},
  ): { readonly child: ChildProcess; readonly ended: Promise<Ended>; until(text: RegExp): Promise<RegExpMatchArray> } {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CLI, ...args], {
      env: { ...this.#environment, ...environment },
      cwd: os.tmpdir(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    const waiting: (() => void)[] = [];
    const heard = (): void => {
      for (const look of waiting) look();
    };
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += String(chunk);
      heard();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += String(chunk);
    });
    const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
    const until = (text: RegExp): Promise<RegExpMatchArray> =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = text.exec(stdout);
          if (found) resolve(found);
        };
        waiting.push(look);
        look();
        void ended.then(() => reject(new Error(`It ended before it said ${text}:\n${stdout}\n${stderr}`)));
      });
    return { child, ended, until };
  }

  run(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
    return this.begin(args, environment).ended;
  }

  /** A verb with --json: one document, and nothing else on stdout. */
  async json<T>(...args: string[]): Promise<T> {
    const { code, stdout, stderr } = await this.run([...args, '--json']);
    if (code !== 0) throw new Error(`exit ${code}\n${stdout}\n${stderr}`);
    return JSON.parse(stdout) as T;
  }

  remove(): void {
    fs.rmSync(this.dataDir, { recursive: true, force: true });
  }
}
