import type { ScimSettingsInput } from './settings.js';

const names = (count: number) => Array.from({ length: count }, (_, at) => ({ name: `CustomField${at + 1}` }));

/**
 * How some portals and servers are known to behave, as far as their pages and reports tell; the rest is by the RFCs. Where a
 * page leaves open how something is refused, the choice is ours.
 */
export const PRESETS = {
  /** docs/identity/saas-apps/litmos-provisioning-tutorial.md in https://github.com/MicrosoftDocs/entra-docs */
  litmos: {
    filterAttributes: ['userName'],
    requiredAttributes: ['name.givenName', 'name.familyName', 'active'],
    complexPaths: 'colon',
    extensions: [
      {
        urn: 'urn:ietf:params:scim:schemas:extension:Litmos:2.0:User',
        name: 'Litmos',
        attributes: [{ name: 'CustomField', type: 'complex', subAttributes: names(10) }],
      },
    ],
  },
  /** https://business-support.udemy.com/hc/en-us/articles/360035200594 */
  udemy: {
    attributeNames: 'ignore',
    emptyTexts: 'ignore',
    hidesUnreconciled: true,
    mailsOn: ['reactivate'],
    extensions: [],
  },
  /** https://support.360learning.com/hc/en-us/articles/15226356498580 */
  '360learning': { userNameChanges: 'refuse', uniqueEmails: true, extensions: [] },
  /** https://docs.myabsorb.com/scim-api/v2/docs */
  absorb: { requiredAttributes: ['name.givenName', 'name.familyName'], userNameChanges: 'refuse' },
  /** https://support.learnupon.com/hc/en-us/articles/12288473128093 */
  learnupon: { auth: 'basic', extensions: [] },
  /** https://github.com/catalyst/moodle-local_user_provisioning */
  moodle: {
    auth: 'oauth',
    oauth: { clientId: 'sandbox-id', clientSecret: 'sandbox-secret', scope: 'SCIMv2' },
    extensions: [],
  },
  /** http://support.looop.co/en/articles/4726512-looop-scim-2-0-api */
  looop: { schemasEndpoint: false, extensions: [] },
  /** PlusPlus deletes whom it deactivates. */
  plusplus: { endings: 'delete', extensions: [] },
  /** https://docs.aws.amazon.com/singlesignon/latest/developerguide/limitations.html and …/patchgroup.html */
  aws: {
    filterOperators: ['eq', 'and'],
    maxPageSize: 50,
    maxValues: 1,
    membersPerRequest: 100,
    membersReplaceable: false,
    requiredAttributes: ['active'],
    etag: 'none',
    extensions: [],
  },
  /** https://zitadel.com/docs/guides/manage/user/scim2 */
  zitadel: {
    maxPageSize: 100,
    etag: 'number',
    showsUnsetActive: false,
    rewrites: ['phone_numbers', 'types', 'preferred_language', 'formatted_name'],
    extensions: [],
  },
  /** The directory part of @boxyhq/saml-jackson 26.2.0, as it was seen to run. */
  jackson: {
    serviceProviderConfig: 'missing',
    showsMeta: false,
    etag: 'none',
    userNameFilterMindsCase: true,
    filterAttributes: ['userName', 'displayName'],
    otherFilters: 'empty',
    errorForm: 'bare',
    textBooleans: 'keep',
    patchShowsMembers: false,
    deleteAnswer: 200,
  },
  /** scimmy 1.3.5, as it was seen to run. */
  scimmy: {
    paging: 'wraps',
    pageSize: 20,
    userNameFilterMindsCase: true,
    patchAnswer: 'when_unchanged',
    memberRemoval: 'both',
    relativeLocations: true,
    etag: 'none',
  },
} as const satisfies Readonly<Record<string, ScimSettingsInput>>;
