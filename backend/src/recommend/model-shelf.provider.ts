import type { FactoryProvider } from '@nestjs/common';
import { join } from 'node:path';
import { CONFIG, type Config } from '../config/config.js';
import { ModelShelf } from './model-shelf.js';

export const modelShelf = (dataDir: string): ModelShelf => new ModelShelf(join(dataDir, 'models'));

export const MODEL_SHELF: FactoryProvider<ModelShelf> = {
  provide: ModelShelf,
  inject: [CONFIG],
  useFactory: ({ dataDir }: Config) => modelShelf(dataDir),
};
