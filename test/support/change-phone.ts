/** A proposal that gives the contact 101 another phone number. */
export const changePhone = (phone = '+1 555 0199') => ({
  kind: 'hubspot.contact.update',
  input: { contactId: '101', phone },
})
