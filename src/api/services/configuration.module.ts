import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { Configuration, readConfiguration } from '../../configuration.js';

/** Provides the validated Configuration. */
@Module({})
export class ConfigurationModule {
  static of(configuration: Configuration): DynamicModule {
    return {
      module: ConfigurationModule,
      providers: [{ provide: Configuration, useValue: configuration }],
      exports: [Configuration],
    };
  }
}

/**
 * Reads the variables of this process and, below them, those of a file; a missing file counts as an empty one. Into the
 * variables of this process nothing is written.
 * @throws ConfigurationError
 */
export async function readEnvironment(envFilePath: string): Promise<Configuration> {
  const read: { configuration?: Configuration } = {};
  await ConfigModule.forRoot({
    envFilePath,
    validate: (environment) => {
      read.configuration = readConfiguration(environment);
      return {};
    },
  });
  return read.configuration ?? readConfiguration({});
}
