import { portOption, readArguments } from '../../common/arguments.ts'
import { reportTrouble } from '../../common/words.ts'

const command = {
  run: 'npm run doctor',
  options: { port: portOption('PORT') },
  notes: {
    ja: '講習の前に、このコンピューターで使えるかどうかを調べます。使えないところがあれば、終了コードが1になります。',
    en: 'Tells before the day whether this computer will do. The exit code is 1 where it does not.',
  },
}

async function main() {
  const given = readArguments(command)
  if (!given) return
  const [{ examine }, { probesOf }, { printed }] = await Promise.all([
    import('../doctor/checks.ts'),
    import('../doctor/probes.ts'),
    import('../doctor/report.ts'),
  ])
  const { text, isWell } = printed(await examine(probesOf(given.port)))
  console.log(text)
  if (!isWell) process.exitCode = 1
}

await main().catch(reportTrouble)
