// Writes CONTRACT.md and CONTRACT.ja.md from the claims.
import { writeFileSync } from 'node:fs'
import { contractFiles, contractPage } from './src/contract-page.ts'

for (const language of ['ja', 'en'] as const) {
  writeFileSync(new URL(contractFiles[language], import.meta.url), contractPage(language))
}
