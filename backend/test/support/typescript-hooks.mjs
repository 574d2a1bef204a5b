import { registerHooks } from 'node:module';

/** Lets a child process run from the sources: their imports end in .js, as those of the built files do. */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier.startsWith('.') && context.parentURL?.endsWith('.ts')
      ? next(specifier.replace(/\.js$/, '.ts'), context)
      : next(specifier, context),
});
