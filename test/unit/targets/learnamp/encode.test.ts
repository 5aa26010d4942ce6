import { describe, expect, it } from 'vitest';
import { encoded } from '../../../../src/targets/learnamp/encode.js';

describe('a body as a form', () => {
  it('spells lists and objects as Rack reads them', () => {
    const body = {
      firstName: 'Zoë',
      jobTitle: null,
      skipInvitation: true,
      secondaryTeamIds: [1, 2],
      customFields: [
        { name: 'Badge', value: '42' },
        { name: 'Notes', value: null },
      ],
    };
    expect(encoded(body, 'form')).toEqual({
      form: [
        ['firstName', 'Zoë'],
        ['jobTitle', ''],
        ['skipInvitation', 'true'],
        ['secondaryTeamIds[]', '1'],
        ['secondaryTeamIds[]', '2'],
        ['customFields[][name]', 'Badge'],
        ['customFields[][value]', '42'],
        ['customFields[][name]', 'Notes'],
        ['customFields[][value]', ''],
      ],
    });
    expect(encoded(body, 'json')).toEqual({ json: body });
  });

  it('sends an empty list as one empty value', () => {
    expect(encoded({ secondaryTeamIds: [] }, 'form')).toEqual({ form: [['secondaryTeamIds[]', '']] });
  });
});
