#!/usr/bin/env node
import { run } from '../dist/run.js';

// Whatever is written is for its owner alone, unless the code that writes it says otherwise.
process.umask(0o077);
process.exitCode = await run(process);
