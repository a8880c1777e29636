/**
 * What a remote session of PowerShell, or the XML that an object was stored as, adds to every object, in lower case. It
 * differs from export to export, or says again what the object's own properties say.
 */
export const ofRemoting: ReadonlySet<string> = new Set([
  'pscomputername',
  'runspaceid',
  'psshowcomputername',
  'pssourcejobinstanceid',
  'element',
  'xsanynamespace',
]);
