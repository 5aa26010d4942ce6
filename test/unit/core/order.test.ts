import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderSteps, type Step } from '../../../src/core/order.js';

function step(employeeId: string, partial: Partial<Step> = {}): Step {
  return { employeeId, frees: null, takes: null, manager: null, opens: true, ...partial };
}

/** `count` accounts whose addresses go round: each takes the one that the next frees. */
function circle(count: number, name = 'c'): Step[] {
  return Array.from({ length: count }, (_, index) =>
    step(`${name}${index}`, { frees: `${name}-${index}`, takes: `${name}-${(index + 1) % count}`, opens: false }),
  );
}

/** `count` people of whom each reports to the next, the last to the first. */
function loop(count: number): Step[] {
  return Array.from({ length: count }, (_, index) => step(`m${index}`, { manager: `m${(index + 1) % count}` }));
}

describe('orderSteps', () => {
  it('puts everybody into the first stage who depends on nobody', () => {
    const { stages, managerLater, parkFirst } = orderSteps([
      step('a'),
      step('b', { manager: 'elsewhere', takes: 'free' }),
    ]);
    expect(Object.fromEntries(stages)).toEqual({ a: 1, b: 1 });
    expect([...managerLater, ...parkFirst]).toEqual([]);
  });

  it('frees an address before it is taken, in whatever order they come', () => {
    const steps = [step('a', { takes: 'x' }), step('b', { frees: 'x', takes: 'y' }), step('c', { frees: 'y' })];
    expect(Object.fromEntries(orderSteps(steps).stages)).toEqual({ c: 1, b: 2, a: 3 });
    expect(Object.fromEntries(orderSteps(steps.toReversed()).stages)).toEqual({ c: 1, b: 2, a: 3 });
  });

  it('opens the manager’s account before those of the reports', () => {
    const steps = [step('a', { manager: 'b' }), step('b', { manager: 'c' }), step('c')];
    expect(Object.fromEntries(orderSteps(steps).stages)).toEqual({ c: 1, b: 2, a: 3 });
  });

  it('does not wait for a manager who has an account already', () => {
    const steps = [step('a', { manager: 'b' }), step('b', { opens: false })];
    expect(Object.fromEntries(orderSteps(steps).stages)).toEqual({ a: 1, b: 1 });
  });

  it.each([2, 3, 4, 7, 50])('parks one account of a circle of %i, and walks the rest in turn', (count) => {
    const { stages, parkFirst, managerLater } = orderSteps(circle(count));
    expect(parkFirst.size).toBe(1);
    expect(managerLater.size).toBe(0);
    expect(new Set(stages.values()).size).toBe(count);
  });

  it('parks one account for each of several circles, and none for a chain', () => {
    const chain = circle(4, 'd').slice(1);
    expect(orderSteps([...circle(2, 'a'), ...circle(3, 'b'), ...chain]).parkFirst.size).toBe(2);
  });

  it('parks nobody who takes the address that they free', () => {
    expect(orderSteps([step('a', { frees: 'x', takes: 'x' })]).parkFirst.size).toBe(0);
  });

  it.each([1, 2, 3, 10])('sets one manager later where %i people manage each other in a circle', (count) => {
    const { stages, managerLater, parkFirst } = orderSteps(loop(count));
    expect(managerLater.size).toBe(1);
    expect(parkFirst.size).toBe(0);
    expect(stages.size).toBe(count);
  });

  it('cuts a circle of one address and one manager once', () => {
    const steps = [step('a', { takes: 'x', frees: 'y' }), step('b', { frees: 'x', manager: 'a' })];
    const { parkFirst, managerLater } = orderSteps(steps);
    expect(parkFirst.size + managerLater.size).toBe(1);
  });

  it.each([
    ['from the top', (steps: readonly Step[]) => steps],
    ['from the bottom', (steps: readonly Step[]) => steps.toReversed()],
  ])('walks a chain of 100,000 managers, given %s, without walking any link twice', (_, arranged) => {
    const count = 100_000;
    const steps = Array.from({ length: count }, (_unused, index) => step(`m${index}`, { manager: `m${index + 1}` }));
    // Walked anew from everybody, it would be five thousand million links: the test would not end.
    const order = orderSteps(arranged(steps));
    expect(order.stages.get('m0')).toBe(count);
    expect(order.managerLater.size).toBe(0);
  });
});

describe('endings', () => {
  const ending = (employeeId: string, endsAfter: readonly string[] = [], frees: string | null = null): Step =>
    step(employeeId, { opens: false, endsAfter, frees });
  const stagesOf = (steps: readonly Step[]) => Object.fromEntries(orderSteps(steps).stages);

  it('go before everything else where nothing depends on them', () => {
    expect(stagesOf([step('a'), ending('gone'), step('b', { manager: 'a' })])).toEqual({ gone: -1, a: 1, b: 2 });
  });

  it('of a manager come after the reports have another one, and before what has nothing to do with them', () => {
    const steps = [
      step('new'),
      ending('boss', ['report', 'elsewhere']),
      step('report', { opens: false }),
      step('other'),
    ];
    expect(stagesOf(steps)).toEqual({ report: 1, boss: 2, new: 3, other: 3 });
  });

  it('take along what those reports need: a manager to come, an address to be freed', () => {
    const steps = [
      step('other'),
      ending('boss', ['report']),
      step('report', { opens: false, manager: 'successor', takes: 'x' }),
      step('successor', { manager: 'top' }),
      step('top'),
      step('owner', { opens: false, frees: 'x' }),
      step('after', { manager: 'successor' }),
    ];
    expect(stagesOf(steps)).toEqual({ top: 1, owner: 1, successor: 2, report: 3, boss: 4, other: 5, after: 7 });
  });

  it('wait for reports whose change is no step of the plan, but for no step', () => {
    expect(stagesOf([ending('boss', ['elsewhere']), step('a')])).toEqual({ boss: 1, a: 2 });
  });

  it('free an address before it is taken, also by a report of the account that frees it', () => {
    expect(stagesOf([step('a', { takes: 'x' }), ending('gone', ['elsewhere'], 'x')])).toEqual({ gone: 1, a: 3 });
    const { stages, parkFirst } = orderSteps([
      ending('boss', ['report'], 'x'),
      step('report', { opens: false, takes: 'x' }),
    ]);
    expect(stages.size).toBe(2);
    expect(parkFirst.has('boss') || (stages.get('boss') ?? 9) < (stages.get('report') ?? 0)).toBe(true);
  });
});

describe('any plan', () => {
  // Every address is freed by one account and taken by one, as settled claims are.
  const plan = fc.integer({ min: 1, max: 12 }).chain((count) => {
    const places = Array.from({ length: count }, (_, index) => index);
    const shuffle = fc.shuffledSubarray(places, { minLength: count });
    const flags = fc.array(fc.boolean(), { minLength: count, maxLength: count });
    const managers = fc.array(fc.option(fc.nat(count - 1)), { minLength: count, maxLength: count });
    return fc.tuple(shuffle, flags, flags, managers).map(([taken, moves, opens, bosses]) =>
      places.map((place) => {
        const boss = bosses[place] ?? null;
        return step(`p${place}`, {
          frees: moves[place] === true ? `address ${place}` : null,
          takes: moves[place] === true ? `address ${taken[place]}` : null,
          manager: boss === null ? null : `p${boss}`,
          opens: opens[place] === true,
        });
      }),
    );
  });

  it('keeps every dependency unless it was cut, and puts everybody into a stage', () => {
    fc.assert(
      fc.property(plan, (steps) => {
        const { stages, managerLater, parkFirst } = orderSteps(steps);
        expect(stages.size).toBe(steps.length);
        const stageOf = (id: string) => stages.get(id) ?? Number.NaN;
        for (const one of steps) {
          const owner = steps.find(({ frees }) => frees !== null && frees === one.takes);
          if (owner && owner !== one && !parkFirst.has(owner.employeeId))
            expect(stageOf(owner.employeeId)).toBeLessThan(stageOf(one.employeeId));
          const boss = steps.find(({ employeeId }) => employeeId === one.manager);
          if (boss?.opens && !managerLater.has(one.employeeId))
            expect(stageOf(boss.employeeId)).toBeLessThan(stageOf(one.employeeId));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('cuts nothing where nothing goes round, and parks one account for each circle of addresses', () => {
    fc.assert(
      fc.property(plan, (steps) => {
        const { managerLater, parkFirst } = orderSteps(steps.map((one) => ({ ...one, manager: null })));
        expect(managerLater.size).toBe(0);
        expect(parkFirst.size).toBe(circlesIn(steps));
      }),
      { numRuns: 500 },
    );
  });
});

/** How many circles of two and more the addresses of a plan make. */
function circlesIn(steps: readonly Step[]): number {
  const next = new Map(steps.filter(({ takes }) => takes !== null).map(({ frees, takes }) => [frees, takes]));
  const visited = new Set<string | null>();
  let circles = 0;
  for (const start of next.keys()) {
    const walked = new Set<string | null>();
    let at: string | null | undefined = start;
    while (at !== undefined && !visited.has(at)) {
      visited.add(at);
      walked.add(at);
      at = next.get(at);
    }
    if (at !== undefined && walked.has(at) && next.get(at) !== at) circles += 1;
  }
  return circles;
}
