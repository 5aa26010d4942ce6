import { readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { type Connector, test } from '../support/connector.js';
import { within } from '../support/server.js';
import { type AtTerminal, hasTerminals, startAtTerminal } from '../support/terminal.js';

type Fixture = { readonly onTestFinished: (end: () => void) => void };

/** Starts `init` at a terminal of 80 columns, and types the lines as somebody pastes them. */
async function asked(
  { folder }: Connector,
  { onTestFinished }: Fixture,
  { args = [], lines }: { readonly args?: readonly string[]; readonly lines: readonly string[] },
): Promise<AtTerminal> {
  const run = startAtTerminal('real', ['init', '--out', 'new.yaml', ...args], { folder, env: {} });
  onTestFinished(() => run.kill());
  await within(20, () => run.shown().includes('Which HR system?'));
  run.type(lines.map((line) => `${line}\r`).join(''));
  return run;
}

function lmsAt({ sandbox }: Connector): readonly string[] {
  const { url, clientId, clientSecret } = sandbox.learnamp;
  return [url, clientId, clientSecret];
}

describe.runIf(hasTerminals())('init at a terminal', () => {
  test('offers the systems by number and by the names that people use, and says where a name leads', async ({
    connect,
    onTestFinished,
  }) => {
    const connector = await connect({ people: 10 });
    const run = await asked(connector, { onTestFinished }, { lines: ['Workday', '<', '1', 'lern amp', 'Learn Amp'] });
    await within(20, () => run.shown().includes('[personio-learnamp]'));
    const shown = run.shown();
    expect(shown).toMatch(/1 {2}Personio\r?\n +2 {2}Kombo \(Workday, SAP SuccessFactors, HiBob, …\)/);
    expect(shown).toContain('Workday is connected through Kombo.');
    expect(shown).toContain('Number or name [Kombo]: ');
    expect(shown).toContain('"lern amp" is not in the list; did you mean "Learn Amp"?');
  });

  test('takes pasted answers, shows no secret, sums up, and ends with the verdict of check and the next command', async ({
    connect,
    onTestFinished,
  }) => {
    const connector = await connect({ people: 10 });
    const { personio } = connector.sandbox;
    const run = await asked(
      connector,
      { onTestFinished },
      {
        args: ['--set', `source.base_url=${personio.url}`],
        lines: [
          'Personio',
          '1',
          'acme',
          'Europe/Berlin',
          personio.clientId,
          personio.clientSecret,
          ...lmsAt(connector),
          '',
        ],
      },
    );
    expect((await run.ended).code, run.shown()).toBe(0);
    const shown = run.shown();
    expect(shown).not.toContain(personio.clientSecret);
    expect(shown).toMatch(/HR system +Personio\r?\n +Learning platform +Learn Amp\r?\n +Connector +acme\r?\n/);
    expect(shown).toMatch(/source\.client_secret +typed, not written \(PERSONIO_CLIENT_SECRET\)/);
    expect(shown).toContain('Next: hrsync import-all --dry-run --config new.yaml');
    const text = await readFile(join(connector.folder, 'new.yaml'), 'utf8');
    expect(text).toContain(`client_id: ${personio.clientId}`);
    expect(text).not.toContain(personio.clientSecret);
  });

  test('refused credentials can be typed again; of the other system nothing is asked twice', async ({
    connect,
    onTestFinished,
  }) => {
    const connector = await connect({ people: 10 });
    const { personio } = connector.sandbox;
    const run = await asked(
      connector,
      { onTestFinished },
      {
        args: ['--set', `source.base_url=${personio.url}`],
        lines: ['1', '1', 'acme', 'Europe/Berlin', personio.clientId, 'wrong-secret-12', ...lmsAt(connector), '1'],
      },
    );
    await within(40, () => run.shown().includes('What now?'));
    run.type(`1\r\r${personio.clientSecret}\r`);
    expect((await run.ended).code, run.shown()).toBe(0);
    expect(run.shown().match(/Client id \(Company Settings/g)).toHaveLength(1);
    expect(run.shown()).toContain('Ready. Next: ');
  });

  test('credentials that are left out are named, and the file is written all the same', async ({
    connect,
    onTestFinished,
  }) => {
    const connector = await connect({ people: 10 });
    const lines = ['1', '1', 'acme', 'Europe/Berlin', '', '', '', '', '', ''];
    const run = await asked(connector, { onTestFinished }, { lines });
    expect((await run.ended).code, run.shown()).toBe(0);
    const names = ['PERSONIO_CLIENT_ID', 'PERSONIO_CLIENT_SECRET', 'LEARNAMP_BASE_URL', 'LEARNAMP_CLIENT_ID'];
    expect(run.shown().replace(/\s+/g, ' ')).toContain(
      `Set ${names.join(', ')}, LEARNAMP_CLIENT_SECRET in the environment, then: hrsync check --config new.yaml`,
    );
    await stat(join(connector.folder, 'new.yaml'));
  });

  test('stopping at the summary, and Ctrl-C, write nothing', async ({ connect, onTestFinished }) => {
    const connector = await connect({ people: 10 });
    const lines = ['1', '1', 'acme', 'Europe/Berlin', '', '', '', '', '', 'stop, and write nothing'];
    const run = await asked(connector, { onTestFinished }, { lines });
    expect((await run.ended).code, run.shown()).toBe(0);
    expect(run.shown()).toContain('Nothing was written.');
    const interrupted = await asked(connector, { onTestFinished }, { lines: ['1'] });
    interrupted.interrupt();
    expect((await interrupted.ended).code, interrupted.shown()).toBe(130);
    await expect(stat(join(connector.folder, 'new.yaml'))).rejects.toThrow('ENOENT');
  });

  test('a file that is there stays, and another name is proposed', async ({ connect, onTestFinished }) => {
    const connector = await connect({ people: 10 });
    await writeFile(join(connector.folder, 'new.yaml'), 'precious');
    const run = startAtTerminal('real', ['init', '--out', 'new.yaml'], { folder: connector.folder, env: {} });
    onTestFinished(() => run.kill());
    await within(20, () => run.shown().includes('[new-2.yaml]'));
    run.type('new.yaml\r');
    await within(20, () => run.shown().includes('new.yaml exists already, and is not overwritten'));
    run.type('\r');
    await within(20, () => run.shown().includes('Which HR system?'));
    expect(await readFile(join(connector.folder, 'new.yaml'), 'utf8')).toBe('precious');
  });

  test('shows the header row of a file and proposes its columns, its dates and its words', async ({
    connect,
    onTestFinished,
  }) => {
    const connector = await connect({ people: 10 });
    await writePeople(connector);
    const { scim } = connector.sandbox;
    const lines = [
      'CSV file',
      'people.csv',
      'SCIM',
      'token',
      'acme',
      'Europe/Berlin',
      scim.url,
      scim.settings.values.token,
    ];
    const run = await asked(connector, { onTestFinished }, { lines: [...lines, ''] });
    expect((await run.ended).code, run.shown()).toBe(0);
    expect(run.shown()).toContain('header row: Personalnummer | Vorname | Nachname');
    expect(run.shown()).toContain('not used: Kantine');
    const text = await readFile(join(connector.folder, 'new.yaml'), 'utf8');
    expect(text).toContain('  columns:\n    id: Personalnummer\n    first_name: Vorname\n');
    expect(text).toContain('  dates: [dd.MM.yyyy]\n');
    expect(text).toContain('    map:\n      aktiv: active\n      ausgeschieden: inactive\n');
    expect(text).toContain('  manager_by: email\n');
  });
});

describe('init without a terminal', () => {
  test('reads the header of a file that --set names, and maps only what it has', async ({ connect }) => {
    const connector = await connect({ people: 10 });
    await writePeople(connector);
    const basics = ['--source', 'CSV file', '--target', 'scim', '--name', 'acme', '--timezone', 'Europe/Berlin'];
    const args = ['init', ...basics, '--set', 'source.path=people.csv', '--out', 'new.yaml'];
    const { code, stderr } = await connector.run(args);
    expect(code, stderr).toBe(0);
    const text = await readFile(join(connector.folder, 'new.yaml'), 'utf8');
    expect(text).toContain('    termination_date: Austrittsdatum\n');
    expect(text).not.toContain('legal_entity: ');
    expect(text).toContain(`token: ${'$'}{SCIM_TOKEN}`);
  });
});

async function writePeople({ folder }: Connector): Promise<void> {
  const file = join(folder, 'people.csv');
  await writeFile(
    file,
    `Personalnummer;Vorname;Nachname;E-Mail;Position;Abteilung;Eintrittsdatum;Austrittsdatum;Status;Vorgesetzter;Kantine
0001;Ada;Lovelace;ada@acme.example;CEO;Leitung;01.02.2019;;aktiv;;ja
0002;Grace;Hopper;grace@acme.example;Admiral;Flotte;03.12.2020;;aktiv;ada@acme.example;nein
0003;Jürgen;Müller;j.mueller@acme.example;Fahrer;Flotte;15.05.2021;30.11.2025;ausgeschieden;grace@acme.example;ja
`,
  );
  const before = new Date(Date.now() - 600_000);
  await utimes(file, before, before);
}
