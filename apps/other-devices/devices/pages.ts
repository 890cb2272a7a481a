import escapeHtml from 'escape-html'
import type { Request } from 'express'
import { page } from '../../page.ts'
import type { Device } from './device-index.ts'

/** What a visitor can tell their own devices by. */
export function nameOf(req: Request): string {
  const [, browser = 'unknown browser', version = ''] =
    /(Edg|OPR|Firefox|Chrome|Safari)\/(\d+)/.exec(req.get('user-agent') ?? '') ?? []
  return `${browser} ${version}, ${req.hostname}`
}

const button = (path: string, text: string) =>
  `<form method="post" action="${path}"><button class="button">${text}</button></form>`

export const logInPage = page(
  'other devices',
  `<p>nobody is logged in</p><div class="actions">` +
    button('/log-in/taro', 'log in as taro') +
    button('/log-in/hanako', 'log in as hanako') +
    '</div>',
)

/**
 * @param devices by sid; left out where nobody keeps a list
 * @param mine the sid of the visitor, who gets to see that it is theirs, and not the sid
 */
export function devicesPage(user: string, devices?: readonly [string, Device][], mine?: string): string {
  const items = devices?.map(([sid, { name, since }]) => {
    const time = new Date(since).toISOString().slice(11, 19)
    return `<li>${escapeHtml(name)}, since ${time} UTC${sid === mine ? ' <strong>(this one)</strong>' : ''}</li>`
  })
  return page(
    'other devices',
    `<p>hello, ${escapeHtml(user)}!${items ? ' Your devices:' : ''}</p>` +
      (items ? `<ul aria-label="devices">${items.join('')}</ul>` : '') +
      `<div class="actions">${button('/log-out-others', 'log out my other devices')}` +
      `${button('/renew', 'new ID')} ${button('/log-out', 'log out')}</div>` +
      '<p><a href="/slow">write something, slowly (4 s)</a></p>',
  )
}
