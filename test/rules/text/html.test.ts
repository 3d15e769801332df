import { expect, it, test } from 'vitest'
import { readHtml } from '../../../core/rules/text/html.ts'

const words = (text: string): string => text.replace(/\s+/g, ' ').trim()

test.each([
  ['plain text as it is', 'a < b & c', 'a < b & c'],
  ['a smiling heart', 'I <3 you', 'I <3 you'],
  ['tags inside a word', 'gua<b>ran</b>teed', 'guaranteed'],
  ['blocks apart', '<p>One</p><p>Two</p>', 'One Two'],
  ['cells apart', '<table><tr><td>One</td><td>Two</td></tr></table>', 'One Two'],
  ['a line break', 'One<br/>Two', 'One Two'],
  ['an optional break inside a word', 'white<wbr>ning', 'whitening'],
  ['entities', 'Tom &amp; J&eacute;r&#244;me', 'Tom & Jérôme'],
  ['no scripts and styles', 'A<script>if (a < b) {}</script><style>p{}</style>B', 'AB'],
  ['what shows without scripts', '<noscript>Hello</noscript>', 'Hello'],
  ['no comments', 'A<!-- no -->B', 'AB'],
  ['a word around what is hidden', 'gua<div style="display:none">x</div>ran<script>1</script>teed', 'guaranteed'],
  ['the shown of two', '<div style="display: none">A</div><div>B</div>', 'B'],
  ['what follows a hidden element with others of its name', '<div hidden><div>A</div>A</div>B', 'B'],
  ['an address in angle brackets', 'Jo <jo@smile.com>', 'Jo <jo@smile.com>'],
])('shows %s', (_name, source, expected) => {
  expect(words(readHtml(source).shown)).toBe(expected)
})

test.each([
  ['display', '<p style="color:red;display:none !important">A</p>'],
  ['visibility', '<p style="visibility:hidden">A</p>'],
  ['no size', '<p style="font-size:0px">A</p>'],
  ['no height', '<p style="max-height:0;overflow:hidden">A</p>'],
  ['see-through', '<p style="opacity:0">A</p>'],
  ['the attribute', '<p hidden>A</p>'],
  ['a template', '<template>A</template>'],
  ['an alternative text', '<img alt="A">'],
  ['a title', '<b title="A"></b>'],
  ['a button', '<input type="submit" value="A">'],
  ['for Outlook', '<!--[if mso]>A<![endif]-->'],
])('keeps what hides by %s aside', (_name, source) => {
  expect(words(readHtml(source).aside)).toBe('A')
  expect(words(readHtml(source).shown)).toBe('')
})

test.each([
  ['half see-through', '<p style="opacity:0.5">A</p>'],
  ['small', '<p style="font-size:0.8em">A</p>'],
])('shows what is only %s', (_name, source) => {
  expect(words(readHtml(source).shown)).toBe('A')
})

it('tells links with their words', () => {
  expect(
    readHtml('<a href="https://a.com/?x=1&amp;y=2">Book <b>now</b></a><area href="/b"><form action="/c">').links,
  ).toEqual([
    { href: 'https://a.com/?x=1&y=2', shown: 'Book now' },
    { href: '/b', shown: '' },
    { href: '/c', shown: '' },
  ])
})
