import type { Connector } from '../../support/connector.js';
import { portraitOf } from './portrait.js';
import type { Open, Stage } from './situation.js';

/** Opens a stage with Learn Amp that writes so many people at once. */
export function onLearnAmp(concurrency: number): Open<Stage> {
  return async (connect, company, intercept) => {
    const connector = await connect({
      sandbox: { company, intercept },
      config: { target: { concurrency }, safety: { max_deactivations: '50%' } },
    });
    return learnAmpOf(connector);
  };
}

/** The stage of a connector to Learn Amp. */
export function learnAmpOf(connector: Connector): Stage {
  return {
    connector,
    save() {
      const saved = connector.lms.save();
      return () => connector.lms.restore(saved);
    },
    portrait: () => portraitOf(connector.lms),
    takeRequests: () => connector.takeRequests(),
  };
}
