// Plain JavaScript on purpose: it runs under whatever Node is there, before anything is installed.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const PATIENCE_MS = 900_000;

/**
 * Makes node_modules match the lock file; a few milliseconds when it does already. Safe when several start at once, after a killed
 * install, and never under a process that runs from this folder.
 * @param {string} root
 */
export function ensureInstalled(root) {
  if (isInstalled(root)) return;
  withInstallLock(root, () => {
    if (isInstalled(root)) return;
    refuseUnderRunning(root);
    process.stderr.write('Installing what Cost Pillar needs (once; about a minute)…\n');
    install(root);
    if (!isInstalled(root))
      fail('The installation ended, but node_modules does not match package-lock.json.', 'Run `npm ci` and read what it says.');
  });
}

/**
 * Installed means: npm's own record of node_modules names the same packages as the lock file. Optional packages of other platforms
 * may be missing.
 * @param {string} root
 */
export function isInstalled(root) {
  const wanted = packagesOf(path.join(root, 'package-lock.json'));
  const present = packagesOf(path.join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !present) return false;
  for (const [name, entry] of Object.entries(wanted)) {
    if (name === '') continue;
    const found = present[name];
    if (!found && entry.optional) continue;
    if (!found || found.version !== entry.version || found.integrity !== entry.integrity) return false;
  }
  return Object.keys(present).every((name) => name in wanted);
}

function packagesOf(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).packages;
  } catch {
    return null;
  }
}

function install(root) {
  const npm = process.env.npm_execpath;
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: root, stdio: ['ignore', 2, 2], env: outerEnvironment() };
  const run =
    npm && /npm-cli\.js$/.test(npm)
      ? spawnSync(process.execPath, [npm, ...args], options)
      : spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { ...options, shell: process.platform === 'win32' });
  if (run.status !== 0)
    fail(
      'The dependencies could not be installed; npm said why above.',
      'Check the connection to your npm registry and try again.',
    );
}

/** npm hands its own settings down to scripts; `omit=dev` or a prefix of the outer call must not decide the inner one. */
function outerEnvironment() {
  const kept = /^npm_config_(registry|cache|userconfig|globalconfig|cafile|proxy|https_proxy|noproxy)$/i;
  const dropped = /^(npm_(config_|package_|lifecycle_|node_execpath)|NODE_ENV$|INIT_CWD$)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => kept.test(name) || !dropped.test(name)));
}

function withInstallLock(root, fn) {
  const lock = path.join(root, '.install-lock', 'installer');
  fs.mkdirSync(path.dirname(lock), { recursive: true });
  const started = Date.now();
  while (!takeLock(lock)) {
    if (Date.now() - started > PATIENCE_MS)
      fail('Another installation has been running for 15 minutes.', `If it is dead, delete ${lock}.`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
  try {
    fn();
  } finally {
    fs.rmSync(lock, { force: true });
  }
}

function takeLock(lock) {
  try {
    fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const holder = Number(readOr(lock, '0'));
  if (holder > 0 && !isRunning(holder)) fs.rmSync(lock, { force: true });
  return false;
}

/** Names this process as one that runs from node_modules, until it ends. */
export function announceRunning(root) {
  const file = path.join(root, '.install-lock', `running-${process.pid}`);
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, '');
    process.on('exit', () => fs.rmSync(file, { force: true }));
  } catch {
    // a folder that cannot be written cannot be installed into either
  }
}

function refuseUnderRunning(root) {
  const folder = path.join(root, '.install-lock');
  for (const name of fs.readdirSync(folder)) {
    const pid = Number(/^running-(\d+)$/.exec(name)?.[1]);
    if (!pid || pid === process.pid) continue;
    if (isRunning(pid))
      fail(
        `package-lock.json has changed while process ${pid} runs from this folder.`,
        'Stop it, then start again: the new dependencies are installed then.',
      );
    fs.rmSync(path.join(folder, name), { force: true });
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function readOr(file, otherwise) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return otherwise;
  }
}

/**
 * @param {string} message
 * @param {string} nextStep
 * @returns {never}
 */
export function fail(message, nextStep) {
  process.stderr.write(`${message} ${nextStep}\n`);
  process.exit(1);
}
