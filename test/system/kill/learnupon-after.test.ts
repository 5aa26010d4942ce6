import { describeLearnUpon } from './learnupon.js';

describeLearnUpon('after');
