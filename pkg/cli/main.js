#!/usr/bin/env node
// The command `leadscore`: hands the process's arguments and streams to the program.
// It is not the program: everything that decides something is in program.js, where tests reach it.

import process from 'node:process';
import { run } from './program.js';

// Someone who reads only the beginning, as `head` does, is not an error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EPIPE') throw error;
  });
}

process.exitCode = await run(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  engine: () => import('leadscore'),
});
