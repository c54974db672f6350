import { fileURLToPath } from 'node:url';
import { buildWebForSources } from '../../scripts/build-web.mjs';

export default (): Promise<void> => buildWebForSources(fileURLToPath(new URL('../..', import.meta.url)));
