import { describeRequests } from './requests.js';

describeRequests('after');
