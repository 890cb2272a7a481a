// The rules live with the inspector, which needs them also where there is no lab around it.
export { onlyFromHere, ownHeaders } from '../inspector/access.ts'
