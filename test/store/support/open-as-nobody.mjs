/** Opens the store of a folder as the user nobody, as root may write everywhere, and prints the outcome. */
import { openSqliteStore } from '../../../dist/src/store/open-store.js';

const [, , folder] = process.argv;
if (process.getuid?.() === 0) {
  process.setgid(65534);
  process.setuid(65534);
}
try {
  // On this thread: the user could not read the file of the writer thread.
  const store = await openSqliteStore({ folder, clock: () => new Date(), thread: false });
  console.log('opened');
  await store.close();
} catch (error) {
  console.log(String(error));
}
