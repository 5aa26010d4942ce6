import { describeCommits } from './commits.js';

describeCommits('after');
