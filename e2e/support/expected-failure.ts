import { stripVTControlCharacters } from 'node:util'
import type { TestInfo } from 'playwright/test'
import type { TestResult } from 'playwright/types/testReporter'

const annotationType = 'expected failure'

/** Whether a message, with colours or without, is that of an assertion. */
export const isAssertion = (message = ''): boolean => stripVTControlCharacters(message).includes('expect(')

/**
 * Keeps what a counter-example fails by as an annotation, where each of its errors is an assertion. Of an error Playwright would
 * describe the page, and show its lines in colour: nobody looks at those of a failure that has to be.
 */
export function keepExpectedFailure({ errors, annotations }: TestInfo): void {
  const [first] = errors
  if (!first || !errors.every(({ message }) => isAssertion(message))) return
  annotations.push({ type: annotationType, description: first.message ?? '' })
  errors.length = 0
}

/** The message of what a test failed by, whether that was expected or not; empty when it has not failed. */
export const failureOf = (result: TestResult | undefined): string =>
  result?.annotations.find(({ type }) => type === annotationType)?.description ??
  result?.errors[0]?.message ??
  ''
