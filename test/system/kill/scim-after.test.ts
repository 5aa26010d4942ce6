import { describeScim } from './scim.js';

describeScim('after');
