// what `import 'express-session-inspector'` gives: before express-session is loaded, its debug lines are switched on
import './debug-lines.ts'

export * from './index.ts'
