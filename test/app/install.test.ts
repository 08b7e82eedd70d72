import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
// @ts-expect-error plain JavaScript on purpose: it runs before anything is installed
import { isInstalled } from '../../src/app/install.mjs';

let root: string;

afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

const LOCKED = {
  '': { name: 'root' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/other-platform': { version: '2.0.0', integrity: 'sha512-o', optional: true },
};

describe('installed means that what npm noted in node_modules matches the lock file', () => {
  it('also where an optional package of another platform is missing', () => {
    expect(installedWith({ 'node_modules/a': LOCKED['node_modules/a'] })).toBe(true);
  });

  it('not when a package is missing', () => {
    expect(installedWith({})).toBe(false);
  });

  it('not when a version differs', () => {
    expect(installedWith({ 'node_modules/a': { version: '1.0.1', integrity: 'sha512-a' } })).toBe(false);
  });

  it('not when the content differs under the same version', () => {
    expect(installedWith({ 'node_modules/a': { version: '1.0.0', integrity: 'sha512-b' } })).toBe(false);
  });

  it('not when something lies there that the lock file does not name', () => {
    expect(installedWith({ 'node_modules/a': LOCKED['node_modules/a'], 'node_modules/stray': { version: '1.0.0' } })).toBe(false);
  });

  it('not when an install was broken off before npm wrote its note', () => {
    expect(installedWith(null)).toBe(false);
  });
});

function installedWith(present: object | null): boolean {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'installed-'));
  fs.mkdirSync(path.join(root, 'node_modules'));
  fs.writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages: LOCKED }));
  if (present) fs.writeFileSync(path.join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: present }));
  return isInstalled(root);
}
