import { EXIT } from '../../exit.js';
import { renderGuideList, renderMarkdown } from '../../report/markdown.js';
import { findGuide, listGuides, readGuide } from '../guide/find-guide.js';
import type { CommandBody } from '../process.js';

/** Lists the guides, or shows one. Works offline and reads no config. */
export function guide(topic: string | undefined): CommandBody {
  return async (world) => {
    if (topic === undefined) {
      const guides = (await listGuides()).map(({ topic, about }) => ({ topic, about }));
      world.print({ text: renderGuideList(guides, world), json: { format: 1, guides } });
      return EXIT.done;
    }
    const found = await findGuide(topic);
    const text = await readGuide(found);
    world.print({ text: renderMarkdown(text, world), json: { format: 1, guide: { topic: found.topic, text } } });
    return EXIT.done;
  };
}
