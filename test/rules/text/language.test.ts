import { expect, test } from 'vitest'
import { languageOf, languageWords } from '../../../core/rules/text/language.ts'

test.each([
  ['Book your spring check-up today and save', 'en'],
  ['Free whitening this week for new patients', 'en'],
  ['BOOK YOUR SPRING CHECK-UP TODAY AND SAVE', 'en'],
  ['Wir freuen uns auf Ihren Besuch in unserer Praxis.', 'de'],
  ['Réservez votre rendez-vous dès aujourd’hui', 'fr'],
  ['Reserve su cita con nuestro dentista esta misma semana', 'es'],
  ['Сегодня мы бесплатно проверим ваши зубы', 'ru'],
  ['今週は無料です', 'ja'],
  ['Whitening week', null],
  ['Dr. Müller & Team', null],
  ['50 % – 12.03.2026', null],
  ['https://smile.com/this-is-an-address-and-no-text', null],
  ['', null],
])('%s: %s', (text, expected) => {
  expect(languageOf(text)).toBe(expected)
})

test('a language has a name', () => {
  expect(languageWords('de')).toBe('German')
})
