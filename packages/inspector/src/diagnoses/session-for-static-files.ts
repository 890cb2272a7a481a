import type { Diagnosis } from '../diagnose/diagnosis.ts'
import { foundIn, pathOf, requestOf } from '../diagnose/found.ts'
import { type SeenStep, sawAllOfRecord } from '../diagnose/seen.ts'

const few = 2 // requests: one alone costs nothing worth a word
const assets = /\.(css|m?js|map|woff2?|ttf|otf|eot|ico)$/i
const pictures = /\.(png|jpe?g|gif|svg|webp|avif|bmp|mp3|mp4|webm|webmanifest|wasm)$/i
const icon = /\/favicon\.ico$|\/apple-touch-icon[\w-]*\.png$/

/** Static files and the icon run through session(). */
export const sessionForStaticFiles: Diagnosis = {
  id: 'session-for-static-files',
  kind: 'risk',
  title: {
    ja: '静的なファイルのリクエストが、session()を通っている',
    en: 'static files run through session()',
  },
  fix: {
    words: {
      ja: 'express.staticとfaviconのレスポンスを、session()より前に置きます。',
      en: 'Put express.static and the icon before session().',
    },
    code: "app.use(express.static('public'))\napp.use(session({ … }))",
  },
  source: { title: 'Express, using middleware', url: 'https://expressjs.com/en/guide/using-middleware.html' },
  lab: { scenario: 'order', variant: 'static-last' },
  find(seen) {
    const { steps } = seen
    const isOpen = openFiles(steps, sawAllOfRecord(seen))
    const costly = steps.filter((step) => step.exchange.calls.length > 0 && isOpen(step))
    const [first] = costly
    if (!first || costly.length < few) return []
    const calls = costly.reduce((sum, { exchange }) => sum + exchange.calls.length, 0)
    return [
      foundIn(costly, {
        words: {
          ja: `静的なファイルのリクエスト${costly.length}件(${requestOf(first)}など)がsession()を通り、ストアを${calls}回呼びました。`,
          en: `${costly.length} requests for static files (${requestOf(first)} …) ran through session() and called the store ${calls} times.`,
        },
        evidence: costly.slice(0, 3).map(({ exchange }) => ({
          exchange: exchange.id,
          call: 0,
          words: {
            ja: `${exchange.calls.map(({ method }) => method).join('、')}が呼ばれました。`,
            en: `Called ${exchange.calls.map(({ method }) => method).join(', ')}.`,
          },
        })),
      }),
    ]
  },
}

/**
 * Whether a request is for a file that everybody may have; one behind a login has its session rightly.
 * @param isWhole whether whoever was sent to a login has been seen
 */
function openFiles(steps: readonly SeenStep[], isWhole: boolean) {
  const files = steps.filter(isFile)
  const guarded = steps.filter(
    ({ exchange: { status, location } }) =>
      status === 401 || status === 403 || /log-?in|sign-?in/i.test(location ?? ''),
  )
  const folder = (step: SeenStep) => pathOf(step).replace(/[^/]*$/, '')
  const guardedFolders = new Set(guarded.filter((step) => isNamedFile(step)).map(folder))
  // a picture may be made for, or only given to, somebody: what came without any session is for everybody
  const free = new Set(files.filter(({ sent }) => sent.length === 0).map(pathOf))
  return (step: SeenStep): boolean => {
    if (!/^(GET|HEAD)$/.test(step.exchange.method)) return false
    if (icon.test(pathOf(step))) return true
    if (!files.includes(step) || guardedFolders.has(folder(step))) return false
    return (isWhole && assets.test(pathOf(step))) || free.has(pathOf(step))
  }
}

const isNamedFile = (step: SeenStep) => assets.test(pathOf(step)) || pictures.test(pathOf(step))
/** A file from the disk: what an app makes itself has no `Last-Modified`. */
const isFile = (step: SeenStep) =>
  isNamedFile(step) && step.facts.isFile === true && [200, 206, 304].includes(step.exchange.status ?? 0)
