import type { Finding } from './checks.ts'

const signs = { good: '✓', warning: '!', bad: '✗', unknown: '·' } as const

/** The findings for the terminal, in both languages, and whether the lab works as a whole. */
export function printed(findings: readonly Finding[]): { text: string; isWell: boolean } {
  const lines = findings.map(
    ({ what, state, says }) => `${signs[state]} ${what.ja}: ${says.ja}\n  ${what.en}: ${says.en}`,
  )
  const isWell = findings.every(({ state }) => state !== 'bad')
  const verdict = isWell
    ? '使えます。 / This computer will do.'
    : '✗ のところを直してください。 / Please mend what is marked ✗.'
  return { text: [...lines, '', verdict].join('\n'), isWell }
}
