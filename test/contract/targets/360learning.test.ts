import { platformStage } from './platform.js';
import { describeTarget } from './target-contract.js';

describeTarget('360Learning', platformStage);
