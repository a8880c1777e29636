/**
 * Imitates the files of Windows, where it matters: a folder cannot be opened (FOLDERS=unopened) or what it holds not be
 * flushed (FOLDERS=unflushed), and a file that was opened to append to is not made shorter.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const failed = (code, call) =>
  Object.assign(new Error(`${code}: not permitted, ${call}`), { code, syscall: call });
const isFolder = (path) => fs.statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
const unopened = process.env.FOLDERS === 'unopened';

const { open } = fs.promises;
fs.promises.open = async (path, ...rest) => {
  if (!isFolder(path)) return await open(path, ...rest);
  if (unopened) throw failed('EISDIR', 'open');
  const handle = await open(path, ...rest);
  handle.sync = () => Promise.reject(failed('EPERM', 'fsync'));
  return handle;
};

const toAppend = new Set();
const { openSync, fsyncSync, ftruncateSync, closeSync } = fs;
fs.openSync = (path, flags, ...rest) => {
  if (unopened && isFolder(path)) throw failed('EISDIR', 'open');
  const file = openSync(path, flags, ...rest);
  if (typeof flags === 'string' && flags.startsWith('a')) toAppend.add(file);
  return file;
};
fs.closeSync = (file) => {
  toAppend.delete(file);
  closeSync(file);
};
fs.fsyncSync = (file) => {
  if (fs.fstatSync(file).isDirectory()) throw failed('EPERM', 'fsync');
  fsyncSync(file);
};
fs.ftruncateSync = (file, length) => {
  if (toAppend.has(file)) throw failed('EPERM', 'ftruncate');
  ftruncateSync(file, length);
};
syncBuiltinESMExports();
