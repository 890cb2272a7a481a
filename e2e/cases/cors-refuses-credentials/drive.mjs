// fetch(…, { credentials: 'include' }) on a page of another origin
const page = { origin: 'http://127.0.0.1:5173', 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }
const readable = ({ headers }) =>
  headers['access-control-allow-origin'] === page.origin &&
  headers['access-control-allow-credentials'] === 'true'
export async function drive({ browser }) {
  const visitor = browser()
  const posted = await visitor.fetch('/notes/milk', { method: 'POST', headers: page })
  const list = await visitor.fetch('/notes', { headers: page })
  return !readable(posted) && !readable(list)
}
