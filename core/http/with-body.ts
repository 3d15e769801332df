/** What every authenticated route may answer, and what one with a body may answer besides. */
export const ALWAYS = ['unauthenticated', 'internal_error'] as const
export const WITH_BODY = [...ALWAYS, 'malformed', 'broken_json', 'unsupported_media_type', 'body_too_large'] as const
