import { describeCommits } from './commits.js';

describeCommits('before');
