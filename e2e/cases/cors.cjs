// As much of the cors package as the cases need.
module.exports =
  ({ origin = '*', credentials = false } = {}) =>
  (req, res, next) => {
    res.setHeader('Access-Control-Allow-Origin', origin)
    if (origin !== '*') res.setHeader('Vary', 'Origin')
    if (credentials) res.setHeader('Access-Control-Allow-Credentials', 'true')
    if (req.method !== 'OPTIONS') return next()
    res.setHeader('Access-Control-Allow-Methods', 'GET,HEAD,PUT,PATCH,POST,DELETE')
    const headers = req.headers['access-control-request-headers']
    if (headers) res.setHeader('Access-Control-Allow-Headers', headers)
    res.statusCode = 204
    res.end()
  }
