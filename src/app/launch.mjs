#!/usr/bin/env node
// The one door: `npm start`, `npm test`, `npm run check` and `npx --no-install cost-pillar` come through here. It runs under any Node from 20.19
// on, installs what is missing, and hands over to the Node that the project pins.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { announceRunning, ensureInstalled, fail } from './install.mjs';

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19))
  fail(`Node.js 20.19 or newer is needed; this is ${process.version}.`, 'Install a newer Node.js.');

ensureInstalled(root);
announceRunning(root);
handOver(commandFor(process.argv.slice(2)));

/** `run <package> …` runs a tool's own program, `node <file> …` a file of ours, anything else is a verb of the CLI. */
function commandFor(args) {
  const [first, second = '', ...rest] = args;
  if (first === 'run') return [programOf(second), ...rest];
  if (first === 'node') return [path.join(root, second), ...rest];
  if (first === 'check') return [path.join(root, 'src/tools/check.ts'), ...args.slice(1)];
  return [path.join(root, 'src/app/cli.ts'), ...args];
}

function programOf(name) {
  const folder = path.join(root, 'node_modules', name);
  const { bin } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return path.join(folder, typeof bin === 'string' ? bin : bin[name]);
}

function handOver(args) {
  const pinned = path.join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const node = fs.existsSync(pinned) ? pinned : process.execPath;
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...args], { stdio: 'inherit', env: process.env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) =>
    fail(`The Node.js of this project could not be started: ${error.message}.`, 'Delete node_modules and try again.'),
  );
  child.on('exit', (code, signal) => {
    process.exitCode = signal ? 1 : (code ?? 1);
    process.exit();
  });
}
