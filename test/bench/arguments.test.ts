import { describe, expect, it } from 'vitest'
import { PROGRAMS, readArguments } from '../../bench/arguments.ts'

describe('the options of the bench', () => {
  it('measure everything but the long part unless told otherwise', () => {
    expect(readArguments([])).toEqual({
      only: PROGRAMS,
      parts: ['propose', 'job', 'clicks', 'counts', 'twice', 'hot', 'cards', 'pending', 'growth'],
      disks: ['2ms', 'ordinary'],
      rounds: 4,
      seconds: 2,
      json: 'bench/results.json',
      url: null,
      readme: false,
    })
  })

  it('name programs and parts in any order, with blanks', () => {
    expect(readArguments(['--only', 'gate, floor', '--parts', 'counts,propose'])).toMatchObject({
      only: ['floor', 'gate'],
      parts: ['propose', 'counts'],
    })
  })

  it('shorten with --quick, and what is named wins', () => {
    expect(readArguments(['--quick'])).toMatchObject({ rounds: 2, seconds: 1 })
    expect(readArguments(['--quick', '--seconds', '5'])).toMatchObject({ rounds: 2, seconds: 5 })
  })

  it('add the million actions with --long or by name', () => {
    expect(readArguments(['--long'])).toMatchObject({ parts: expect.arrayContaining(['million']) })
    expect(readArguments(['--parts', 'million'])).toMatchObject({ parts: ['million'] })
  })

  it.each([
    [['--only', 'temporal'], 'temporal'],
    [['--parts', 'everything'], 'everything'],
    [['--disk', 'fast'], 'fast'],
    [['--rounds', '0'], '--rounds'],
    [['--seconds', 'many'], '--seconds'],
    [['--no-such-option'], '--no-such-option'],
  ])('refuse %j and name what is wrong', (argv, named) => {
    expect(readArguments(argv)).toEqual({ problem: expect.stringContaining(named) })
  })

  it('explain themselves', () => {
    expect(readArguments(['--only', 'gate', '--help'])).toBe('help')
  })
})
