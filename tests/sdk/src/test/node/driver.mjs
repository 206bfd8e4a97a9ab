// Makes the calls that come in on standard input, one a line, with the client that is named on the command line, and tells on
// standard output, one a line, what the client made of each answer.
import { createInterface } from 'node:readline';

const { chat } = await import(`./${process.argv[2]}.mjs`);

async function told(call) {
  const told = { text: '' };
  try {
    await chat(call, told);
  } catch (error) {
    told.error = error.constructor.name;
    told.status = error.status;
    told.code = error.code;
    told.type = error.type;
    told.message = error.message;
    told.headers ??= Object.fromEntries(error.headers ?? []);
  }
  return told;
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(await told(JSON.parse(line))) + '\n');
}
