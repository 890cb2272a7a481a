import type { Finding } from '../diagnose/diagnose.ts'
import type { Evidence } from '../diagnose/diagnosis.ts'
import type { Standing } from '../diagnose/lookout.ts'
import type { Exchange } from '../exchange.ts'
import { createCleaner } from '../model/export.ts'
import type { Names } from '../model/names.ts'

/** A finding as it may be passed on: sids are aliases, and nothing of cookies' values is in it. */
export interface Told extends Omit<Finding, 'evidence'> {
  evidence: readonly (Evidence & {
    /** The exchange in a line: `POST /login → 302`. */
    request?: string
  })[]
}

/**
 * Makes findings fit to be passed on, or to be printed where others may read it.
 * @param exchanges those of the record, and those that evidence refers to
 */
export function told(
  findings: readonly Standing[],
  exchanges: readonly Exchange[],
  names: Pick<Names, 'known' | 'newest'>,
): Told[] {
  if (findings.length === 0) return []
  const { note, text } = createCleaner(names)
  for (const exchange of exchanges) note(exchange)
  const words = ({ ja, en }: Finding['words']) => ({ ja: text(ja), en: text(en) })
  const requestOf = (id: number | undefined) => {
    const found = exchanges.find((exchange) => exchange.id === id)
    return found && text(`${found.method} ${found.url} → ${found.status ?? '—'}`)
  }
  const evidenceOf = (one: Evidence) => {
    const request = requestOf(one.exchange)
    return {
      ...one,
      ...(request !== undefined && { request }),
      ...(one.line !== undefined && { line: text(one.line) }),
      words: words(one.words),
    }
  }
  return findings.map(({ since: _, ...finding }) => ({
    ...finding,
    ...(finding.about !== undefined && { about: text(finding.about) }),
    words: words(finding.words),
    evidence: finding.evidence.map(evidenceOf),
  }))
}
