import { portalStage } from './portal.js';
import { describeTarget } from './target-contract.js';

describeTarget('LearnUpon', portalStage, { reader: false, mailsAtCreation: false });
