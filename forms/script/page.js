import { accept } from './accept.js';
import { sealSubmission } from './submission.js';
window.x = [accept, sealSubmission];
