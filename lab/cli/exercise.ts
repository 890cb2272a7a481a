import { flag, readArguments } from '../../common/arguments.ts'
import { reportTrouble } from '../../common/words.ts'

const command = {
  run: 'npm run exercise',
  hasOperand: true,
  options: {
    hint: flag({ ja: '次のヒントを開く', en: 'open the next hint' }),
    solution: flag({ ja: '直したコードとの違いを見る', en: 'show how it differs from the mended code' }),
    restart: flag({
      ja: '壊れたコードからやり直す。今のファイルは.oldを付けて残る',
      en: 'begin again with the broken code; your file stays, with .old behind its name',
    }),
  },
  notes: {
    ja: `  npm run exercise                          練習問題の一覧
  npm run exercise counter/cookie-only      なければexercises/にファイルを作り、主張を確かめる
  npm run exercise counter/cookie-only -- --hint
`,
    en: `The list of all exercises; with a name, it makes the file in exercises/ when there is none, and checks the claims.`,
  },
}

async function main() {
  const given = readArguments(command)
  if (!given) return
  const { run } = await import('../exercises/terminal.ts') // only now: a help or a refusal comes at once
  await run(given)
}

await main().catch(reportTrouble)
