import * as fs from 'node:fs';
import * as path from 'node:path';

const root = path.resolve(__dirname, '..');

// What test/e2e/graceful-shutdown.test.ts proves, it proves of the servers that the page shows.
test.each(['http.ts', 'express.ts'])('the page on graceful shutdown shows the server %s as it is tested', (file) => {
  const server = fs.readFileSync(path.join(root, 'test/fixtures/apps/graceful-shutdown', file), 'utf8');
  expect(fs.readFileSync(path.join(root, 'docs/graceful-shutdown.md'), 'utf8')).toContain(`\n\`\`\`ts nofixture\n${server}\`\`\`\n`);
});
