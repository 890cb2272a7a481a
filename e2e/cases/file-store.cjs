// A store whose rows outlive the process: a file each.
const { mkdirSync, promises: files } = require('node:fs')
const { join } = require('node:path')

module.exports = ({ Store }) =>
  class FileStore extends Store {
    constructor({ path }) {
      super()
      this.path = path
      mkdirSync(path, { recursive: true })
    }
    file(sid) {
      return join(this.path, `${encodeURIComponent(sid)}.json`)
    }
    get(sid, done) {
      files.readFile(this.file(sid), 'utf8').then(
        (text) => done(null, JSON.parse(text)),
        (error) => (error.code === 'ENOENT' ? done(null, null) : done(error)),
      )
    }
    set(sid, data, done) {
      files.writeFile(this.file(sid), JSON.stringify(data)).then(() => done?.(null), done)
    }
    touch(sid, data, done) {
      this.get(sid, (error, row) => {
        if (error || !row) return done?.(error)
        this.set(sid, { ...row, cookie: data.cookie }, done)
      })
    }
    destroy(sid, done) {
      files.rm(this.file(sid), { force: true }).then(() => done?.(null), done)
    }
  }
