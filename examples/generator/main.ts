/** `npm run examples` writes the example anew: the same, byte for byte, as long as the rules and the story are. */
import { writeFileSync } from 'node:fs';
import { exampleFile, fileText, generateDay } from './day.js';

const lines = await generateDay();
writeFileSync(exampleFile, fileText(lines));
console.log(`${exampleFile}: ${lines.length} lines`);
