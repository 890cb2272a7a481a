/* What runs with every request, and nothing that only a page needs: it loads at once. */
export type { Exchange, Passed, ServingProcess, SessionCall, StoreCall } from './exchange.ts'
export { headerLines, hostName } from './headers.ts'
export { expiryOf } from './model/expiry.ts'
export { takeApart } from './model/set-cookie-line.ts'
export { createRecorder, type Handler, type Recorder, type Recording } from './recorder.ts'
export { currentExchange, expectPart, type Part } from './watch/running.ts'
