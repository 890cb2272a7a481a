import type { StoreCall } from '../inspector/exchange.ts'
import type { Row } from '../stores/store.ts'

/** What a process needs to run one app on its own. */
export interface ReplicaOptions {
  /** The variant's file, from the project's folder. */
  file: string
  /** Names its store, and its messages. */
  name: string
  secrets: string[]
  storeUrl: string
  folder: string
  /** How much later its store writes, in ms. */
  delay: number
  /** The header in which a request brings its number, under which is told what became of it; null: nothing is told. */
  tag: string | null
}

/** What is asked of a process: the rows of the MemoryStores in it, one of them, or that it removes them. */
export type Question = { what: 'rows' } | { what: 'row'; sid: string } | { what: 'clear' }

/** What a process is told. */
export type ToReplica =
  | { kind: 'run'; options: ReplicaOptions }
  | { kind: 'ask'; id: number; question: Question }
  | { kind: 'delay'; ms: number }
  | { kind: 'stop' }

/** What it tells. */
export type FromReplica =
  | { kind: 'listening'; port: number }
  | { kind: 'answer'; id: number; rows: Row[] }
  | { kind: 'part'; exchange: number; calls: StoreCall[]; debug: string[]; isOver: boolean }
