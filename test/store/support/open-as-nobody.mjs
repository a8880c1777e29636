/** Opens the store of a folder as a user who owns nothing, and says what came of it. Root may write everywhere. */
import { openSqliteStore } from '../../../dist/src/store/open-store.js';

const [, , folder] = process.argv;
if (process.getuid?.() === 0) {
  process.setgid(65534);
  process.setuid(65534);
}
try {
  // On this thread: that of the writer would have to be loaded by somebody who may not read it.
  const store = await openSqliteStore({ folder, clock: () => new Date(), thread: false });
  console.log('opened');
  await store.close();
} catch (error) {
  console.log(String(error));
}
