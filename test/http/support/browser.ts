/** A browser of somebody who signs in at the identity provider: it keeps cookies, follows redirects and sends forms. */
export class Browser {
  private readonly cookies = new Map<string, string>();

  /** Signs in, and returns the address of the service to which the provider leads back. */
  async signIn(start: string, login: string, callback: string): Promise<string> {
    let answer = await this.ask(new URL(start));
    for (let steps = 0; steps < 20; steps += 1) {
      const location = answer.headers.get('location');
      if (location !== null) {
        const to = new URL(location, answer.url);
        if (to.href.startsWith(callback)) return to.href;
        answer = await this.ask(to);
      } else answer = await this.send(answer, await answer.text(), login);
    }
    throw new Error('The provider leads nowhere.');
  }

  private async send(answer: Response, page: string, login: string): Promise<Response> {
    const [, action = ''] = /<form[^>]* action="([^"]*)"/.exec(page) ?? [];
    const [, prompt = ''] = /name="prompt" value="(\w+)"/.exec(page) ?? [];
    if (action === '') throw new Error(`The provider answered ${answer.status}: ${page.slice(0, 500)}`);
    const body = new URLSearchParams({ prompt, ...(prompt === 'login' ? { login, password: 'any' } : {}) });
    return await this.ask(new URL(action, answer.url), { method: 'POST', body });
  }

  private async ask(url: URL, request: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { ...request, redirect: 'manual', headers: { cookie } });
    for (const given of answer.headers.getSetCookie()) {
      const [name = '', ...value] = (given.split(';')[0] ?? '').split('=');
      this.cookies.set(name, value.join('='));
    }
    return answer;
  }
}
