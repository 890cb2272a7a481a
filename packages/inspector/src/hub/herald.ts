import type { Standing } from '../diagnose/lookout.ts'

const settled = 1_000 // ms: what is said is not taken back

/** Says each cause once, when it has stood for a while. */
export function createHerald(say: (finding: Standing) => void) {
  const said = new Set<string>()
  return (findings: readonly Standing[], now = Date.now()) => {
    for (const finding of findings) {
      if (said.has(finding.id) || now - finding.since < settled) continue
      said.add(finding.id)
      say(finding)
    }
  }
}
