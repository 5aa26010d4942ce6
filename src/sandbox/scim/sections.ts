import type { OwnAttributes } from '../system.js';

/** The sections `target` and `mapping` of a config for the stand-in as it is by default. */
export function sectionsFor(
  { url, token }: { readonly url: string; readonly token: string },
  { badge, costCenter = 'cost_center' }: OwnAttributes,
): string {
  const urn = 'urn:ietf:params:scim:schemas:extension:sandbox:2.0:User';
  return `target:
  type: scim
  base_url: ${url}
  token: \${SANDBOX_SCIM_SECRET:-${token}}
  requests_per_second: 200         # the sandbox sets no limit
  privileged_when:
    userType: [Administrator]

mapping:
  first_name: first_name
  last_name: last_name
  email: work_email
  user_name: work_email
  job_title: job_title
  department: department
  cost_center: ${costCenter}
  manager: manager
  custom_fields:
    "${urn}:hireDate": start_date
    "${urn}:badge": { from: ${badge}, type: integer, when_empty: keep }
`;
}
