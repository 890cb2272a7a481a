import type { Finding, Json } from '#store-contract'
import { matrixFolder } from './folders.ts'

const evidenceLimit = 500 // characters
const everNew = new Set(['requestId', '_rev', '$ts'])

/**
 * A finding as it is kept: short, and without what is different in every run (moments, ports) or belongs to this
 * machine (folders).
 */
export function anonymise({ answer, instead, evidence }: Finding, folder: string): Finding {
  const short = cut(clean(evidence, folder))
  return {
    answer,
    ...(instead && { instead: { ja: cleanText(instead.ja, folder), en: cleanText(instead.en, folder) } }),
    evidence: short,
  }
}

export function cleanText(text: string, folder: string): string {
  return text
    .replaceAll(new RegExp(`${folder}(/\\d+)?`, 'g'), 'FOLDER')
    .replaceAll(matrixFolder, '')
    .replaceAll(
      /(?:file:\/\/)?\/(?:tmp|home|root|work|usr|var)\/[^\s'":)]*/g,
      (path) => `…/${path.split('/').at(-1)}`,
    )
    .replaceAll(/\/\/[^@/\s]*@/g, '//…@')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, 'MOMENT')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
    .replaceAll(/\.\d{6,}\b/g, '.NUMBER')
    .replaceAll(/\b(127\.0\.0\.1|localhost|::1\]?):\d{2,5}\b/g, '$1:PORT')
}

function clean(value: Json, folder: string): Json {
  if (typeof value === 'string') return cleanText(value, folder)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((each: Json) => clean(each, folder))
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      cleanText(key, folder),
      everNew.has(key) ? 'NEW' : clean(each as Json, folder),
    ]),
  )
}

function cut(evidence: Json): Json {
  const text = JSON.stringify(evidence)
  return text.length <= evidenceLimit ? evidence : `${text.slice(0, evidenceLimit - 1)}…`
}
