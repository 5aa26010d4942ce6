import { siteStage } from './moodle-stage.js';
import { describeTarget } from './target-contract.js';

describeTarget('Moodle', siteStage, { lists: false, renewsTokens: false, refusesByStatus: false });
