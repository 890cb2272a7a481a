import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { readArguments, wholeNumber } from '../../common/arguments.ts'
import { root } from '../../common/places.ts'
import { reportTrouble } from '../../common/words.ts'

const command = {
  run: 'npm run rehearsal',
  options: {
    learners: wholeNumber({ value: '<n>' }, 30, { ja: '受講者の数', en: 'how many learners' }),
  },
  notes: {
    ja: `受講者の役のブラウザーが90分のコースのレッスンを進み、提出し、講師のページでまとめて開きます。1人に1つのラボです。
2人に1人は見まちがえ、10人に1人は途中で止まります。練習問題も1つはじめ、3人に1人がコードを直して解きます。`,
    en: `Browsers in the place of learners go through the lessons of the 90-minute course and hand in, each with a lab of its own;
the files are opened on the instructor's page. Every second one sees things wrong, one in ten stops on the way. They begin an exercise, and every third one mends its code.`,
  },
}

function main() {
  const given = readArguments(command)
  if (!given) return
  const playwright = join(dirname(createRequire(import.meta.url).resolve('playwright')), 'cli.js')
  const folder = mkdtempSync(join(tmpdir(), 'lab-rehearsal-'))
  const { status } = spawnSync(
    process.execPath,
    [playwright, 'test', '--config', 'e2e/rehearsal/playwright.config.ts'],
    {
      stdio: 'inherit',
      cwd: root,
      env: { ...process.env, LAB_LEARNERS: String(given.learners), LAB_REHEARSAL: folder },
    },
  )
  rmSync(folder, { recursive: true, force: true })
  if (status !== 0) process.exitCode = 1
}

try {
  main()
} catch (problem) {
  reportTrouble(problem)
}
