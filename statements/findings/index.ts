import cookie from './cookie.ts'
import data from './data.ts'
import elsewhere from './elsewhere.ts'
import order from './order.ts'
import saving from './saving.ts'
import store from './store.ts'

/** Every finding of this lab, by what it is about. */
export const findings = [...cookie, ...saving, ...data, ...order, ...store, ...elsewhere] as const

/** The id of a finding: a test that names another one does not compile. */
export type FindingId = (typeof findings)[number]['id']
