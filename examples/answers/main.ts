/** `npm run openapi` writes the OpenAPI document, and the answers that it shows as examples. */
import { writeFileSync } from 'node:fs';
import { documentFile, examplesFile, fileText } from './files.js';
import { recordAnswers } from './record.js';

const { document, examples } = await recordAnswers();
writeFileSync(documentFile, fileText(document));
writeFileSync(examplesFile, fileText(examples));
