import { reportMeasured } from './measure.js';
import { openPages } from './page-file.js';

// plan-floor.js PAGES: reads and parses every page and keeps nothing.
const [file = ''] = process.argv.slice(2);

await reportMeasured(() => {
  const pages = openPages(file);
  for (let number = 0; number < pages.length; number += 1) JSON.parse(pages.page(number).toString('utf8'));
});
