// @ts-nocheck: it is as plain as the cases are
// A browser small enough for the cases: one cookie jar for one host, every header as told.
import { request } from 'node:http'

/** @returns {{ fetch(path: string, options?: object): Promise<{ status: number, headers: object, body: string, aborted: boolean }>, jar: Map<string, object>, cookieHeader(path?: string): string }} */
export function browser(
  base,
  {
    userAgent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
    keepsCookies = true,
  } = {},
) {
  const jar = new Map()
  const { hostname, port } = new URL(base)
  const now = () => Date.now()
  const cookieHeader = (path = '/') =>
    [...jar.values()]
      .filter(
        (c) =>
          (c.expires === null || c.expires > now()) &&
          (path === c.path ||
            path.startsWith(c.path.endsWith('/') ? c.path : `${c.path}/`) ||
            c.path === '/'),
      )
      .map((c) => `${c.name}=${c.value}`)
      .join('; ')
  function keep(lines = [], isHttps) {
    for (const line of lines) {
      const [pair, ...attributes] = line.split(';').map((part) => part.trim())
      const at = pair.indexOf('=')
      const cookie = { name: pair.slice(0, at), value: pair.slice(at + 1), path: '/', expires: null }
      const has = {}
      for (const attribute of attributes) {
        const [key, value = ''] = attribute.split('=')
        has[key.toLowerCase()] = value
        if (/^path$/i.test(key) && value.startsWith('/')) cookie.path = value
        if (/^expires$/i.test(key)) cookie.expires = Date.parse(value)
        if (/^max-age$/i.test(key)) cookie.expires = now() + Number(value) * 1000
      }
      if (/^none$/i.test(has.samesite ?? '') && !('secure' in has)) continue
      if (
        has.domain !== undefined &&
        !(
          hostname === has.domain.replace(/^\./, '') || hostname.endsWith(`.${has.domain.replace(/^\./, '')}`)
        )
      )
        continue
      if (/^__(host|secure)-/i.test(cookie.name) && !('secure' in has)) continue
      if (cookie.expires !== null && cookie.expires <= now()) jar.delete(`${cookie.name};${cookie.path}`)
      else jar.set(`${cookie.name};${cookie.path}`, cookie)
    }
  }
  function fetch(
    path,
    { method = 'GET', headers = {}, form, json, body, sendsCookies = true, abortAfter } = {},
  ) {
    const payload = form
      ? new URLSearchParams(form).toString()
      : json === undefined
        ? body
        : JSON.stringify(json)
    const cookie = sendsCookies ? cookieHeader(path.split('?')[0]) : ''
    return new Promise((resolve, reject) => {
      const sending = request(
        {
          hostname,
          port,
          path,
          method,
          agent: false,
          headers: {
            'user-agent': userAgent,
            accept: 'text/html,*/*',
            'accept-language': 'en',
            ...(cookie && { cookie }),
            ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
            ...(json !== undefined && { 'content-type': 'application/json' }),
            ...(payload !== undefined && { 'content-length': Buffer.byteLength(payload) }),
            ...headers,
          },
        },
        (answer) => {
          let text = ''
          answer.setEncoding('utf8')
          answer.on('data', (chunk) => {
            text += chunk
          })
          const finish = () => {
            if (keepsCookies && sendsCookies) keep(answer.headers['set-cookie'])
            resolve({
              status: answer.statusCode,
              headers: answer.headers,
              body: text,
              aborted: !answer.complete,
            })
          }
          answer.on('close', finish)
        },
      )
      sending.on('error', (error) =>
        abortAfter ? resolve({ status: 0, headers: {}, body: '', aborted: true }) : reject(error),
      )
      if (abortAfter) setTimeout(() => sending.destroy(), abortAfter)
      sending.end(payload)
    })
  }
  return { fetch, jar, cookieHeader }
}
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
