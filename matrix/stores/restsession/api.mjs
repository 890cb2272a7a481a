/*
 * The REST API that the README of restsession asks for, at its smallest: node api.mjs PORT
 * A row ends when its session's cookie does; `?ping` moves that end and leaves the data.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'

const file = 'rows.json'
const rows = new Map(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [])
const keep = () => writeFileSync(file, JSON.stringify([...rows]))

const isAlive = (session) => !(session?.cookie?.expires && Date.parse(session.cookie.expires) <= Date.now())

/** What to answer; undefined: 404. */
function answer(method, sid, isPing, body) {
  const row = isAlive(rows.get(sid)) ? rows.get(sid) : undefined
  if (method === 'GET') return sid ? row : [...rows.values()].filter(isAlive)
  if (method === 'DELETE') sid ? rows.delete(sid) : rows.clear()
  else if (!isPing) rows.set(sid, body)
  else if (row) rows.set(sid, { ...row, cookie: body.cookie })
  keep()
  return { status: 'OK' }
}

const server = createServer(async (request, response) => {
  const [path = '', query] = request.url.slice(1).split('?')
  const send = (status, body) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
  try {
    const body = request.method === 'POST' ? await json(request) : undefined
    const found = answer(request.method, decodeURIComponent(path), query === 'ping', body)
    if (found === undefined) send(404, { status: 'not found' })
    else send(200, found)
  } catch (error) {
    send(400, { status: error.message })
  }
})
server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('listening'))
