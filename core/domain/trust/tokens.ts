const TOKEN = /[\p{L}\p{N}]+(?:['’\-.,][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]/gu

/** The words and single signs of a text, composed and in lower case. Section 4.1. */
export const tokensOf = (text: string): readonly string[] => text.normalize('NFC').toLowerCase().match(TOKEN) ?? []
