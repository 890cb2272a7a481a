import type { Express } from 'express'
import { guarded } from '../access.ts'
import type { Lookout } from '../diagnose/lookout.ts'
import { openPanel } from '../panel.ts'
import type { RemoteRecord } from './record.ts'

/** The panel of what the watched processes have told, at `/__lab/inspector/`. */
export function panelOf(record: RemoteRecord, lookout: Lookout): Express {
  const { pages } = openPanel({
    recorder: record,
    lookout,
    peek: record.peek,
    isRunning: (pid) => record.processes().some((one) => one.pid === pid && one.isRunning),
    appPort: (server) => Number(server.slice(1)) || undefined,
  })
  return guarded('/__lab/inspector', pages('app'))
}
