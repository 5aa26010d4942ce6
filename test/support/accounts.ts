import type { Connector } from './connector.js';
import type { Target } from './pairs.js';

/** An account that is in the learning platform without HR or hrsync having had a part in it. */
interface GivenAccount {
  readonly email: string;
  readonly firstName?: string;
  readonly lastName?: string;
  /** As the platform spells it; a learner's unless given. In 360Learning it is held in the root group. */
  readonly role?: string;
}

/** Adds an account with a role and gives its id; addresses that differ by capitals alone can both be there. */
export function addAccount({ sandbox, lms }: Connector, target: Target, given: GivenAccount): string {
  const { email, firstName = 'Olga', lastName = 'Other', role } = given;
  switch (target) {
    case 'learnamp':
      return String(lms.add({ email, firstName, lastName, ...(role !== undefined && { role }) }, 'confirmed').id);
    case '360learning': {
      const { platform } = sandbox['360learning'];
      const { id } = platform.add({ mail: email, firstName, lastName }, 'active');
      platform.join(id, platform.root.id, role ?? 'learner');
      return id;
    }
    case 'learnupon': {
      const names = { first_name: firstName, last_name: lastName };
      return String(sandbox.portal.add({ email, ...names, user_type: role ?? 'learner' }).id);
    }
    case 'scim': {
      const name = { givenName: firstName, familyName: lastName };
      const values = { userName: email, name, emails: [{ value: email, type: 'work', primary: true }], active: true };
      return sandbox.scim.directory.addUser({ ...values, userType: role ?? 'Learner' }).id;
    }
  }
}
