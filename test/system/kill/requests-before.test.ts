import { describeRequests } from './requests.js';

describeRequests('before');
