const PLATFORMS: Readonly<Record<string, string>> = { hubspot: 'HubSpot', mailchimp: 'Mailchimp', slack: 'Slack' }

/** A platform as people write it. */
export const platformWords = (platform: string): string => PLATFORMS[platform] ?? platform
