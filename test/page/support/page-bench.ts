/** What suites of the page share: a service with a story, a browser, and pages that are opened and settled. */
import type { Browser, Page } from 'playwright-core';
import { Service, type ServiceOptions } from '../../http/support/service.js';
import { openBrowser, settled } from './browser.js';

export class PageBench {
  private constructor(
    readonly service: Service,
    readonly browser: Browser,
    readonly origin: string,
  ) {}

  /** @param story what the service knows before it is listened to */
  static async open(
    story: (service: Service) => Promise<unknown>,
    options: ServiceOptions = {},
  ): Promise<PageBench> {
    const service = await Service.start(options);
    await story(service);
    const { origin } = await service.listen();
    return new PageBench(service, await openBrowser(), origin);
  }

  /**
   * A page of usual size, with nothing on it that is still being loaded.
   * @param origin another way to the service, such as a wire
   */
  async opened(path: string, origin = this.origin): Promise<Page> {
    const page = await this.page();
    await page.goto(origin + path);
    await settled(page);
    return page;
  }

  async page(viewport = { width: 1280, height: 900 }): Promise<Page> {
    return await this.browser.newPage({ viewport });
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.service.stop();
  }
}
