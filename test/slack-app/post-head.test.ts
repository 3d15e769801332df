import { expect, it } from 'vitest'
import { headMessage } from '../../slack-app/views/head-message.ts'
import { ledgerHead } from '../support/views.ts'

it('gives the head out in words that can be copied', () => {
  const { text, blocks } = headMessage(ledgerHead)
  expect(text).toBe('Ledger: batch 7 of 2026-03-02')
  expect(JSON.stringify(blocks)).toContain(`\`${ledgerHead.head}\``)
})
