import { type Html, html, raw } from '../../common/html.ts'
import type { Language } from '../../common/words.ts'

/** Where a lesson is read: the addresses of what it tells to open. */
export interface LessonPlace {
  language: Language
  /** Of the app as the reader sees it, with a slash at the end; of the second app, and over TLS, where there are such. */
  app: string
  second?: string | undefined
  tls?: string | undefined
  secondTls?: string | undefined
  /** To be printed: nothing can be pressed there, and nothing is folded. */
  isOnPaper?: boolean
}

type Render = (value: string, label: Html, place: LessonPlace, step: string) => Html

const query = ({ language }: LessonPlace) => (language === 'en' ? '?lang=en' : '')

/** A button of the one form that the page has for all of them; without a script, the page comes back at this step. */
const post =
  (path: string, field?: string, fixed?: string): Render =>
  (value, label, place, step) =>
    html`<button form="act" formaction="/__lab/${path}${query(place)}#${step}" class="do"${field && html` name="${field}" value="${fixed ?? value}"`}>${label}</button>`

/** The buttons that a lesson may have in its text: `[label](do:variant=no-save)`. */
const actions: Readonly<Record<string, Render>> = {
  reset: post('reset'),
  variant: post('variant', 'variant'),
  delay: post('delay', 'delay'),
  kill: post('kill', 'slot'),
  restart: post('restart'),
  rotate: post('restart', 'secret', 'new'),
  open: (value, label, place) => link(value, label, place, 'open', frameOf(value, place)),
  reload: (value, label, place) => link(value || '/', label, place, 'reload', frameOf(value, place)),
  tab: (value, label, place) => link(value, label, place, 'tab', '_blank'),
  visitor: (value, label, place) => link(value, label, onOtherHost(place), 'tab', '_blank'),
  curl: (value, label, _place) =>
    html`<a class="do" data-do="curl" target="_blank" href="/__lab/curl?path=${encodeURIComponent(value)}">${label}</a>`,
}

/**
 * A button of a lesson.
 * @param action as in its text: `variant=no-save`
 * @param step the anchor of its step
 * @throws Error when there is no such button
 */
export function actionHtml(action: string, label: string, place: LessonPlace, step: string): Html {
  const [, name = '', value = ''] = /^(\w+)(?:=(.*))?$/.exec(action) ?? []
  const render = actions[name]
  if (!render)
    throw new Error(`there is no button "do:${action}"; there are: ${Object.keys(actions).join(', ')}`)
  return place.isOnPaper ? html`<strong>${raw(label)}</strong>` : render(value, raw(label), place, step)
}

/** The frame of the demo that an address belongs to. Its name tells the demo which language is spoken around it. */
const frameOf = (target: string, { language }: LessonPlace) =>
  `${target.startsWith('second') ? 'demo-second' : 'demo-app'}.${language}`

function link(target: string, label: Html, place: LessonPlace, kind: string, frame: string): Html {
  return html`<a class="do" data-do="${kind}" target="${frame}"${frame === '_blank' && html` rel="noopener"`} href="${addressOf(target, place)}">${label}</a>`
}

/** `/foo`, `second:/foo`, `tls:/foo`, `second-tls:/foo`, or another name of this computer: `app.localhost:/foo`. */
export function addressOf(target: string, place: LessonPlace): string {
  const [, where = '', path = '/'] = /^(?:([\w.-]+):)?(\/.*)$/.exec(target) ?? []
  const base = { '': place.app, second: place.second, tls: place.tls, 'second-tls': place.secondTls }[where]
  const url = new URL(base ?? place.app)
  if (base === undefined && where.includes('.')) url.hostname = where
  else if (base === undefined) throw new Error(`there is no address "${target}" in this scenario`)
  return url.origin + path
}

/** The same addresses under the other name of this computer: whoever comes there is another visitor. */
const onOtherHost = (place: LessonPlace): LessonPlace => ({
  ...place,
  app: otherHost(place.app),
  second: place.second && otherHost(place.second),
})

function otherHost(address: string): string {
  const url = new URL(address)
  url.hostname = url.hostname === 'localhost' ? '127.0.0.1' : 'localhost'
  return url.href
}

/** The addresses that a lesson may name in its text and its code; no port is ever written into one. */
export const withAddresses = (markdown: string, place: LessonPlace): string =>
  markdown
    .replaceAll('{app}', place.app)
    .replaceAll('{visitor}', otherHost(place.app))
    .replaceAll('{second}', place.second ?? '{second}')
    .replaceAll('{tls}', place.tls ?? '{tls}')
    .replaceAll('{second-tls}', place.secondTls ?? '{second-tls}')
