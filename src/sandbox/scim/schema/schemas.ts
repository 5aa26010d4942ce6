import { attribute, complex, plural, type Schema } from './attribute.js';

const readOnly = { mutability: 'readOnly' } as const;
const immutable = { mutability: 'immutable' } as const;
const flag = { type: 'boolean' } as const;

/** The attributes that every resource has. Source: RFC 7643, section 3.1. */
export const COMMON = [
  attribute('id', { ...readOnly, caseExact: true, returned: 'always', uniqueness: 'server' }),
  attribute('externalId', { caseExact: true }),
  complex(
    'meta',
    [
      attribute('resourceType', { ...readOnly, caseExact: true }),
      attribute('created', { ...readOnly, type: 'dateTime' }),
      attribute('lastModified', { ...readOnly, type: 'dateTime' }),
      attribute('location', { ...readOnly, type: 'reference', caseExact: true }),
      attribute('version', { ...readOnly, caseExact: true }),
    ],
    readOnly,
  ),
] as const;

/** Source: RFC 7643, section 4.1. */
export const USER: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:User',
  name: 'User',
  description: 'User Account',
  attributes: [
    attribute('userName', { required: true, uniqueness: 'server' }),
    complex(
      'name',
      ['formatted', 'familyName', 'givenName', 'middleName', 'honorificPrefix', 'honorificSuffix'].map((name) =>
        attribute(name),
      ),
    ),
    attribute('displayName'),
    attribute('nickName'),
    attribute('profileUrl', { type: 'reference', referenceTypes: ['external'] }),
    attribute('title'),
    attribute('userType'),
    attribute('preferredLanguage'),
    attribute('locale'),
    attribute('timezone'),
    attribute('active', flag),
    attribute('password', { mutability: 'writeOnly', returned: 'never' }),
    plural('emails'),
    plural('phoneNumbers'),
    plural('ims'),
    plural('photos', { type: 'reference', referenceTypes: ['external'] }),
    complex(
      'addresses',
      [
        ...['formatted', 'streetAddress', 'locality', 'region', 'postalCode', 'country', 'type'].map((name) =>
          attribute(name),
        ),
        attribute('primary', flag),
      ],
      { multiValued: true },
    ),
    complex(
      'groups',
      [
        attribute('value', readOnly),
        attribute('$ref', { ...readOnly, type: 'reference', referenceTypes: ['Group'] }),
        attribute('display', readOnly),
        attribute('type', readOnly),
      ],
      { ...readOnly, multiValued: true },
    ),
    plural('entitlements'),
    plural('roles'),
    plural('x509Certificates', { type: 'binary' }),
  ],
};

/** Source: RFC 7643, section 4.3. */
export const ENTERPRISE: Schema = {
  id: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  name: 'EnterpriseUser',
  description: 'Enterprise User',
  attributes: [
    ...['employeeNumber', 'costCenter', 'organization', 'division', 'department'].map((name) => attribute(name)),
    complex('manager', [
      attribute('value', { caseExact: true }),
      attribute('$ref', { type: 'reference', referenceTypes: ['User'] }),
      attribute('displayName', readOnly),
    ]),
  ],
};

/** Source: RFC 7643, section 4.2. */
export const GROUP: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  name: 'Group',
  description: 'Group',
  attributes: [
    attribute('displayName', { required: true }),
    complex(
      'members',
      [
        attribute('value', { ...immutable, caseExact: true }),
        attribute('$ref', { ...immutable, type: 'reference', referenceTypes: ['User', 'Group'] }),
        attribute('type', immutable),
        attribute('display', readOnly),
      ],
      { multiValued: true },
    ),
  ],
};
