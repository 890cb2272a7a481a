import type { StoreCall } from '#inspector'
import type { Row } from '../../stores/store.ts'

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
  /** The header that brings the number of an exchange, under which it is reported; null: nothing is reported. */
  tag: string | null
}

/**
 * What is asked of a process: the rows of the MemoryStores in it, one of them, that it removes them, or just that it
 * says a word.
 */
export type Question = { what: 'rows' } | { what: 'word' } | { what: 'row'; sid: string } | { what: 'clear' }

/** From the lab to a process. */
export type ToReplica =
  | { kind: 'run'; options: ReplicaOptions }
  | { kind: 'ask'; id: number; question: Question }
  | { kind: 'delay'; ms: number }
  | { kind: 'stop' }

/** What happened in a process while it served an exchange, as far as it is known. */
export interface Report {
  exchange: number
  calls: StoreCall[]
  debug: string[]
  /** The response has left. */
  isOver: boolean
}

/** From a process to the lab. */
export type FromReplica =
  | { kind: 'listening'; port: number }
  | { kind: 'answer'; id: number; rows: Row[] }
  | ({ kind: 'report' } & Report)
