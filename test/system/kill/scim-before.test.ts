import { describeScim } from './scim.js';

describeScim('before');
