import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { createKinds, createPlatforms } from '../../connectors/registry.ts'
import { ceilingOf } from '../../core/domain/ceiling.ts'
import { connectionTo, kindOf } from '../support/platforms.ts'
import { SAMPLES } from './samples.ts'

const kinds = createKinds()
const FOLDER = resolve(import.meta.dirname, '../../connectors')
const files = ['hubspot', 'mailchimp'].flatMap((platform) =>
  readdirSync(`${FOLDER}/${platform}/actions`).map((file) => [platform, file] as const),
)

describe('the registry', () => {
  test.each(files)('has what %s/actions/%s defines', async (platform, file) => {
    const name = file.replace(/\.ts$/, '')
    const module: Record<string, unknown> =
      platform === 'hubspot'
        ? await import(`../../connectors/hubspot/actions/${name}.ts`)
        : await import(`../../connectors/mailchimp/actions/${name}.ts`)
    const defined = Object.values(module).filter((value) => kinds.all.some((kind) => kind === value))
    expect(defined).toHaveLength(1)
  })

  it('has one file and one sample a kind, and no id twice', () => {
    const ids = kinds.all.map((kind) => kind.id)
    expect(ids).toHaveLength(files.length)
    expect(new Set(ids).size).toBe(ids.length)
    expect(SAMPLES.map((sample) => sample.id).toSorted()).toEqual(ids.toSorted())
    expect(kinds.get('hubspot.contact.create')?.id).toBe('hubspot.contact.create')
    expect(kinds.get('hubspot.contact.explode')).toBeUndefined()
  })

  it('refuses a platform that is not built in', () => {
    expect(() => createPlatforms({ fetch }).open(connectionTo('pigeon'), '{}')).toThrow('no connector for pigeon')
  })
})

describe.each(kinds.all)('$id', (kind) => {
  it('is named after its platform, and its strict schema and fields agree', () => {
    expect(kind.id).toMatch(new RegExp(`^${kind.platform}\\.[a-z]+\\.[a-z_]+$`))
    expect(kind.jsonSchema).toMatchObject({ type: 'object', additionalProperties: false })
    expect(kind.fields.length).toBeGreaterThan(0)
    for (const field of kind.fields) expect(field.label).not.toBe('')
    const ids = kind.fields.filter((field) => /^(contact|list|campaign|segment)Id$/.test(field.name))
    expect(ids.every((field) => !field.editable)).toBe(true)
  })

  it('ends within a Worker’s time and waits for what its platform may still do', () => {
    expect(kind.timeoutMs).toBeLessThanOrEqual(20_000)
    expect(kind.settlesAfterMs).toBeGreaterThanOrEqual(kind.platform === 'mailchimp' ? 120_000 : kind.timeoutMs)
  })

  it('has an undo exactly where it says so', () => {
    const says = kind.effect.undo === 'exact' || kind.effect.undo === 'compensating'
    expect(kind.undo !== undefined).toBe(says)
  })

  it('parses what it parsed to itself', () => {
    const sample = SAMPLES.find((one) => one.id === kind.id)
    const once = kind.parse(sample?.input)
    expect(once.ok && kind.parse(once.value)).toEqual(once)
  })
})

test.each([
  ['hubspot.contact.create', 4],
  ['hubspot.contact.update', 5],
  ['hubspot.contact.set_stage', 5],
  ['hubspot.note.create', 4],
  ['hubspot.task.create', 4],
  ['hubspot.list.add', 4],
  ['hubspot.list.remove', 3],
  ['mailchimp.member.upsert', 3],
  ['mailchimp.member.tag', 5],
  ['mailchimp.campaign.create', 5],
  ['mailchimp.campaign.set_content', 5],
  ['mailchimp.campaign.send_test', 2],
  ['mailchimp.campaign.schedule', 3],
  ['mailchimp.campaign.unschedule', 2],
  ['mailchimp.campaign.send', 3],
] as const)('the ceiling of %s in a small band is %i', (id, level) => {
  const { risk, effect } = kindOf(id)
  expect(ceilingOf(risk, effect.undo, 'small')).toBe(level)
})

test.each(['mailchimp.campaign.send', 'mailchimp.campaign.schedule'])(
  '%s to a large audience never passes level 2',
  (id) => {
    const { risk, effect } = kindOf(id)
    expect(ceilingOf(risk, effect.undo, 'large')).toBe(2)
  },
)

test('what names its own time is done by us at that time', () => {
  const planned = kinds.all.filter((kind) => kind.plannedAt !== undefined)
  expect(planned.map(({ id, effect }) => [id, effect.undo])).toEqual([['mailchimp.campaign.schedule', 'held']])
})

test('only what makes nothing public prepares', () => {
  const preparing = kinds.all.filter((kind) => kind.effect.preparing === true)
  expect(preparing.map((kind) => kind.id)).toEqual(['mailchimp.campaign.create', 'mailchimp.campaign.set_content'])
  expect(preparing.every((kind) => kind.effect.undo === 'exact' && !kind.reachesPeople)).toBe(true)
})
