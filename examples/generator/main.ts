/** `npm run examples` writes the example again: the same, while rules and story stay the same. */
import { writeFileSync } from 'node:fs';
import { exampleFile, fileText, generateDay } from './day.js';
import { exportFile } from './export-file/export-file.js';
import { exampleExport } from './exports.js';
import { exampleReport } from './report.js';

const { lines, exports, report } = await generateDay();
writeFileSync(exampleFile, fileText(lines));
console.log(`${exampleFile}: ${lines.length} lines`);
for (const { fileName, description } of exports) {
  writeFileSync(exampleExport(fileName), exportFile(description));
  console.log(`${exampleExport(fileName)}: ${description.objects.length} objects`);
}
for (const format of ['html', 'markdown'] as const) {
  writeFileSync(exampleReport(format), report[format]);
  console.log(exampleReport(format));
}
