import { expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.js';
import { portsFrom } from '../../src/sandbox/ports.js';
import { SYSTEMS } from '../../src/sandbox/registry.js';
import { SOURCES } from '../../src/sources/registry.js';
import { TARGETS } from '../../src/targets/registry.js';

it('gives each stand-in the name and the title of its adapter', async () => {
  const sandbox = await startSandbox({ company: { size: 1 } });
  onTestFinished(() => sandbox.stop());
  const registries = [
    [sandbox.sources, SYSTEMS.sources, SOURCES],
    [sandbox.targets, SYSTEMS.targets, TARGETS],
  ] as const;
  for (const [systems, lines, adapters] of registries) {
    expect(systems.map(({ name }) => name)).toEqual(Object.keys(lines));
    for (const { name, title } of systems)
      expect({ name, title: (await adapters[name]?.())?.title }).toEqual({ name, title });
  }
});

it('gives each stand-in a port of its own, and those of before stay', () => {
  const ports = portsFrom(4_000);
  expect(new Set(Object.values(ports)).size).toBe(Object.keys(ports).length);
  const before = {
    personio: 4_000,
    learnamp: 4_001,
    control: 4_002,
    kombo: 4_003,
    '360learning': 4_004,
    learnupon: 4_005,
  };
  expect(ports).toMatchObject(before);
});
