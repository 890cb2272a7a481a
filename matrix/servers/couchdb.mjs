/*
 * CouchDB, as express-pouchdb stands for it: node couchdb.mjs MODULE PORT
 * The dependency tree of MODULE has express-pouchdb and pouchdb; the rows lie in the working folder.
 */
import { createRequire } from 'node:module'

const [from = '', port] = process.argv.slice(2)
const load = createRequire(from)
const PouchDB = load('pouchdb').defaults({ prefix: './' })
const servePouchdb = load('express-pouchdb')
/** @type {typeof import('express')} */
const express = createRequire(load.resolve('express-pouchdb'))('express')

const app = express()
// CouchDB sends the revision as the ETag, express-pouchdb does not
app.head('/:database/:id', async ({ params: { database, id } }, response) => {
  try {
    const { _rev } = await new PouchDB(database).get(id)
    response.set('ETag', `"${_rev}"`).end()
  } catch {
    response.status(404).end()
  }
})
// Cloudant asks for a session; whoever comes is let in
app.post('/_session', (_request, response) => {
  response.cookie('AuthSession', 'anybody', { maxAge: 86_400_000, httpOnly: true }).json({ ok: true })
})
app.use(servePouchdb(PouchDB, { mode: 'minimumForPouchDB' }))
app.listen(Number(port), '127.0.0.1', () => console.log('listening'))
