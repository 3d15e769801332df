import { expect, it, test } from 'vitest'
import { promotionDossier } from '../../../slack-app/views/promotion-dossier.ts'
import { buttonsOf, wordsOf } from '../harness.ts'
import { ctx } from '../sample.ts'
import { gate, promotion } from '../trust-sample.ts'

it('lists every condition with its mark and its sentence', () => {
  const words = wordsOf(promotionDossier(promotion(), ctx))
  for (const says of [
    ':white_check_mark:  The score is 71; 60 is needed.',
    ':white_circle:  Nothing was compared with a control group yet.',
    ':raising_hand:  A person has to agree.',
    '47 of 50 judged were right: 94 %, and with 90 % certainty more than 87 %. 0 % of what ran was judged by nobody.',
  ])
    expect(words).toContain(says)
  expect(buttonsOf(promotionDossier(promotion(), ctx))).toEqual([])
})

it('marks what is missing', () => {
  const { dossier } = promotion()
  const view = promotion({ dossier: { ...dossier, gates: [gate('score', 'missing', 'The score is 40.')] } })
  expect(wordsOf(promotionDossier(view, ctx))).toContain(':x:  The score is 40.')
})

test.each([
  [{ correct: 0, judged: 0, share: null, lcb: 0 }, null, 'Nothing was judged yet.'],
  [
    { correct: 29, judged: 30, share: 29 / 30, lcb: 0.9 },
    0.255,
    '96 %, and with 90 % certainty more than 90 %. 25 % of what ran',
  ],
])('accuracy %j', (accuracy, unjudged, says) => {
  const { dossier } = promotion()
  expect(wordsOf(promotionDossier(promotion({ dossier: { ...dossier, accuracy, unjudged } }), ctx))).toContain(says)
})
