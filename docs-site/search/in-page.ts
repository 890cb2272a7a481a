// the search of the documentation as files: it runs in the page, and asks nobody
import { createSearch, type Document } from './search.ts'

const element = <E extends HTMLElement>(id: string) => document.getElementById(id) as E

const documents = JSON.parse(element('documents').textContent ?? '[]') as Document[]
const search = createSearch(documents)
const input = element<HTMLInputElement>('q')
const list = element('hits')
const status = element('found')

function show() {
  const hits = search(input.value)
  list.replaceChildren(
    ...hits.map(({ kind, title, url }) => {
      const item = document.createElement('li')
      const label = Object.assign(document.createElement('span'), { className: 'kind', textContent: kind })
      const link = Object.assign(document.createElement('a'), { href: url, textContent: title })
      item.append(label, ' ', link)
      return item
    }),
  )
  const { asked = '', nothing = '', found = '' } = status.dataset
  status.textContent =
    input.value.trim() === '' ? asked : hits.length === 0 ? nothing : found.replace('0', String(hits.length))
}

input.form?.addEventListener('submit', (event) => event.preventDefault())
input.addEventListener('input', show)
input.value = new URLSearchParams(location.search).get('q') ?? ''
show()
