import { profaneWords } from '@2toad/profanity'
import { lazily } from './lazily.ts'

/**
 * Of the library only the English list: those of other languages are machine translations that call dogs, eggs and
 * "funny" profane in German and name parts of web pages in Korean. These are short and by hand.
 */
const BY_HAND = {
  de: 'arsch arschloch arschlöcher arschgeige arschficker bumsen fick ficken fickt ficker fickt gefickt verfickt verfickte fotze fotzen hure huren hurensohn kacke kackbratze kanake kanaken missgeburt möse mösen muschi nigger neger pimmel pisse pissen pisser scheiß scheisse scheiße scheißdreck scheißen scheißkerl schlampe schlampen schwuchtel schwuchteln spast spasti titten tunte verdammt verpiss vögeln wichse wichsen wichser zigeuner',
  fr: 'bite bites bordel bougnoule branler branleur chatte chier con connard connards connasse connerie conneries couille couilles cul encule enculé enculer enculés foutre garce gouine merde merdique niquer nique negro nègre nibards pd pédé pute putes putain salaud salauds salope salopes tapette trou du cul',
  es: 'cabrón cabrones cabrona carajo chingar chingada chingado cojones coño culero follar gilipollas hijo de puta hostia joder jodido jodida maricón maricones marica mierda pendejo pendeja pendejos polla puta putas puto putos verga zorra',
  it: 'bastardo cagare cagata cazzata cazzo cazzi coglione coglioni culattone figa figlio di puttana fottere frocio froci merda merdoso mignotta minchia pompino porca madonna puttana puttane scopare stronza stronzata stronzi stronzo succhiami terrone troia troie vaffanculo zoccola',
} as const

/** Several words that are one entry. */
const OF_SEVERAL = ['trou du cul', 'hijo de puta', 'figlio di puttana', 'porca madonna']

/** Words of the English list that clinics, shops and names need. */
const INNOCENT = new Set(
  'anal anus balls beastial bestial bloody breasts bum butt butts chink clitoris cok coon cox cum dink dinks doggin dogging doosh dyke ejaculate ejaculated ejaculates ejaculating ejaculation fanny flange fook hardcoresex hoar hoare hoer hoes homo hore jap kock kum labia lust lusting masochist muff nob orgasm orgasms pawn pecker penis poop prick pricks pron pube rectum rimming sadist screwing scrotum semen sex shag shagging snatch spac spunk teets teez testicle tosser vagina viagra vulva wang willies willy'.split(
    ' ',
  ),
)

export const PROFANE_LANGUAGES = ['en', 'de', 'fr', 'es', 'it'] as const
export type ProfaneLanguage = (typeof PROFANE_LANGUAGES)[number]

// Spellings with signs and gaps ("s hit") are found by how texts are read, and as entries they would hit "this year's hit".
const english = lazily(() =>
  (profaneWords.get('en') ?? []).filter((word) => /^[a-z]{3,}(?: [a-z]{3,})*$/.test(word) && !INNOCENT.has(word)),
)

/** Words that are profane in a language. */
export function profaneWordsIn(language: ProfaneLanguage): readonly string[] {
  if (language === 'en') return english()
  const several = OF_SEVERAL.filter((words) => BY_HAND[language].includes(words))
  const single = several.reduce((list, words) => list.replace(words, ''), BY_HAND[language] as string)
  return [...several, ...single.split(' ').filter((word) => word !== '')]
}
