import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take minutes, so that no worker is left alone with one of them at the end. */
const LONG = /system\/(kill\/|histories\/|postgres\/|fleet|demo|init|sandbox-events)/;

/** Runs the longest files first. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
