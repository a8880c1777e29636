import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { Configuration, readConfiguration } from '../configuration.js';

/** Gives the validated Configuration to whoever asks for it. */
@Module({})
export class ConfigurationModule {
  /**
   * Reads the variables of this process and, below them, those of a file; a file that is not there is an empty one.
   * @throws ConfigurationError
   */
  static async from(envFilePath: string): Promise<DynamicModule> {
    const variables = await ConfigModule.forRoot({
      envFilePath,
      // In an object, for Nest writes every plain value that it is given here into the variables of this process.
      validate: (environment) => ({ configuration: readConfiguration(environment) }),
    });
    return {
      module: ConfigurationModule,
      imports: [variables],
      providers: [
        {
          provide: Configuration,
          inject: [ConfigService],
          useFactory: (service: ConfigService) => service.getOrThrow<Configuration>('configuration'),
        },
      ],
      exports: [Configuration],
    };
  }
}
