#!/usr/bin/env node
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

// Whatever is written is for its owner alone, unless the code that writes it says otherwise.
process.umask(0o077);
// From Node.js 22 on, a start takes over what an earlier one compiled. In a folder of this user's own: who could write into
// it would decide what runs. Where it cannot be made, Node.js does without.
module.enableCompileCache?.(join(homedir(), '.cache', 'hrsync'));
const { run } = await import('../dist/run.js');
process.exitCode = await run(process);
