import { directoryStage } from './directory.js';
import { describeTarget } from './target-contract.js';

describeTarget('SCIM', directoryStage, { reader: false, mailsAtCreation: false });
