import { describe360Learning } from './360learning.js';

describe360Learning('before');
