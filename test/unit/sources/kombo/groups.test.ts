import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NAMELESS } from '../../../../src/sources/kit/nameless.js';
import { GroupTree } from '../../../../src/sources/kombo/groups.js';

const department = (id: string, parent_id: string | null = null) => ({
  id,
  name: `The ${id}`,
  type: 'DEPARTMENT',
  parent_id,
});
const member = (id: string, type: string | null = 'DEPARTMENT', name: string | null = `The ${id}`) => ({
  id,
  type,
  name,
});

describe("an employee's groups", () => {
  it('are told apart by their type', () => {
    const groups = [member('a'), member('b', 'TEAM'), member('c', 'COST_CENTER'), member('d', null)];
    const tree = new GroupTree([]);
    expect(tree.namesIn(groups, 'DEPARTMENT')).toBe('The a');
    expect(tree.namesIn(groups, 'TEAM')).toBe('The b');
    expect(tree.namesIn([], 'TEAM')).toBeNull();
    expect(tree.namesIn(null, 'TEAM')).toBeNull();
    expect(tree.namesIn('many', 'TEAM')).toBeUndefined();
  });

  it('count without those above them, however far', () => {
    const tree = new GroupTree([department('top'), department('middle', 'top'), department('low', 'middle')]);
    expect(tree.namesIn([member('top'), member('low')], 'DEPARTMENT')).toBe('The low');
    expect(tree.namesIn([member('low'), member('middle'), member('top')], 'DEPARTMENT')).toBe('The low');
  });

  it('are a set where several stand side by side', () => {
    const tree = new GroupTree([department('x', 'top'), department('y', 'top')]);
    expect(tree.namesIn([member('y'), member('x')], 'DEPARTMENT')).toEqual(['The x', 'The y']);
  });

  it('take name and type from the list of groups where they bring none', () => {
    const tree = new GroupTree([department('x')]);
    expect(tree.namesIn([member('x', null, null)], 'DEPARTMENT')).toBe('The x');
  });

  it('are unknown, not empty, where one has no name, or is of a kind that nobody knows', () => {
    const tree = new GroupTree([department('x')]);
    expect(tree.namesIn([member('unheard of', 'DEPARTMENT', null)], 'DEPARTMENT')).toBe(NAMELESS);
    expect(tree.namesIn([member('x'), member('blank', 'DEPARTMENT', ' \u200b')], 'DEPARTMENT')).toBe(NAMELESS);
    expect(tree.namesIn([member('unheard of', null, 'Something')], 'TEAM')).toBe(NAMELESS);
    expect(tree.namesIn([member('x'), member('unheard of', null, 'Something')], 'DEPARTMENT')).toBe('The x');
    expect(tree.namesIn([member('x')], 'TEAM')).toBeNull();
  });

  it('are found in every tree, circles and missing parents included', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const tree = fc.array(fc.record({ id, parent: fc.option(fc.oneof(id, fc.constant('missing'))) }));
    fc.assert(
      fc.property(tree, fc.uniqueArray(id, { minLength: 1 }), (groups, own) => {
        const known = new GroupTree(groups.map(({ id, parent }) => department(id, parent)));
        const names = known.namesIn(
          own.map((one) => member(one)),
          'DEPARTMENT',
        );
        const all = own.map((one) => `The ${one}`);
        expect(names).not.toBeNull();
        expect([names].flat().every((name) => all.includes(String(name)))).toBe(true);
      }),
    );
  });
});
