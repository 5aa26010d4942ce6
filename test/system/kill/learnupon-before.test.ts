import { describeLearnUpon } from './learnupon.js';

describeLearnUpon('before');
