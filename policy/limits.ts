/**
 * The longest texts and lists that Poolkeeper takes, whether they come through the API or in a file of an export. Lengths
 * are UTF-16 code units, as JavaScript and .NET count them. The API refuses what is longer. Of a file, what is longer is a
 * finding: the record keeps as much of it as `kept` says.
 */
export const limits = {
  /** The name of an object. */
  name: 128,
  /** The id of an object. */
  id: 128,
  site: 128,
  /** The name of a file, or of an entry of a zip. */
  fileName: 255,
  /** The path of a file. */
  filePath: 512,
  /** Why something was done. */
  reason: 1_000,
  /** A note on an incident, or on a step that was ticked off. */
  note: 2_000,
  /** Whom an agent calls. */
  callee: 256,
  /** Who called a response group. */
  caller: 256,
  /** The id of a reading, or one of its choices. */
  reading: 64,
  /** Descriptions, and texts that are spoken. */
  text: 4_096,
  /** Names within objects, numbers and time zones. */
  shortText: 128,
  /** Addresses, times and the names of audio files. */
  formedText: 1_024,
  /** The user of a SIP address. */
  sipUser: 64,
  fqdn: 253,
  /** The name of a property. */
  propertyName: 128,
  /** Items of one list: references, agents, managers, holidays, answers. */
  list: 10_000,
} as const;

/** What is kept, beside the record, of a name that is longer than a name may be; in UTF-16 code units. */
export const longestKeptText = 4_096;
