/** The oldest Node that the service and its tests run on; `engines` in package.json says the same. */
const oldest = { major: 24, minor: 9 };

/** Says in one line that Node is too old, and returns whether it is. */
export function refuseOldNode(version: string = process.versions.node): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const tooOld = major < oldest.major || (major === oldest.major && minor < oldest.minor);
  if (tooOld) {
    process.stderr.write(
      `Poolkeeper needs Node ${oldest.major}.${oldest.minor} or newer and this is ${version}: start it with "npm start", which brings its own, or upgrade Node.\n`,
    );
  }
  return tooOld;
}
